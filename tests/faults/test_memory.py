"""Files that are made to exhaust a machine are refused within a fixed amount of memory."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.workbooks import changed, far_away, long_attribute, million_rows, zip_bomb

MOST = 600_000_000  # bytes of address space, the interpreter and its libraries included


def shared_text_bomb() -> bytes:
    """A hundred thousand cells that share one text of ten thousand characters: small packed, a gigabyte read."""
    book = changed("xl/sharedStrings.xml", lambda text: text.replace("under discussion", "x" * 10_000))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
    place = texts.partition("x" * 100)[0].count("<si>") - 1
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{place}</v></c></row>' for n in range(5, 100_001))
    return changed("xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"), book)


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a sheet that unpacks to a thousand times its size": (zip_bomb, "a.xlsx", "workbook_too_big"),
    "a million empty rows": (million_rows, "a.xlsx", "workbook_too_big"),
    "one text in very many cells": (shared_text_bomb, "a.xlsx", "workbook_too_big"),
    "JSON of nothing but brackets": (lambda: b"[" * 19_000_000, "a.json", "not_json"),
    "JSON of very many empty lists": (lambda: b"[" + b"[]," * 6_000_000 + b"[]]", "a.json", "not_a_return"),
    "a sheet whose cells say only by counting where they are": (far_away, "a.xlsx", "workbook_too_big"),
    "a cell in the last corner behind a long attribute": (long_attribute, "a.xlsx", "workbook_too_big"),
    "a CSV file of blank lines": (lambda: b"\n" * 19_000_000, "a.csv", "empty_file"),
    "a CSV file of a header and blank lines": (
        lambda: b"edition,iso3,item,answer,evidence_url,comment\n" + b"\n" * 19_000_000,
        "a.csv",
        "too_many_blank_rows",
    ),
    "a CSV file of one line without end": (lambda: b"x" * 19_000_000, "a.csv", "row_too_long"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_fill_the_memory_is_refused_within_a_bound(name: str, tmp_path: Path) -> None:
    made, called, code = HOSTILE[name]
    file = tmp_path / called
    file.write_bytes(made())
    script = Path(__file__).with_name("bounded_process.py")
    done = subprocess.run(
        [sys.executable, str(script), str(file), str(MOST)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["refused", code]
