"""Files that are made to exhaust a machine are refused within a fixed amount of memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.workbooks import million_rows, with_part, zip_bomb

MOST = 600_000_000  # bytes of address space, the interpreter and its libraries included


def shared_text_bomb() -> bytes:
    """A hundred thousand cells that share one text of ten thousand characters: small packed, a gigabyte read."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet = f"{head}{rows}</sheetData></worksheet>".encode()
    texts = "<sst><si><t>" + "x" * 10_000 + "</t></si></sst>"
    return with_part("xl/sharedStrings.xml", texts.encode(), with_part("xl/worksheets/sheet1.xml", sheet))


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a sheet that unpacks to a thousand times its size": (zip_bomb, "a.xlsx", "workbook_too_big"),
    "a million empty rows": (million_rows, "a.xlsx", "workbook_too_big"),
    "one text in very many cells": (shared_text_bomb, "a.xlsx", "workbook_too_big"),
    "JSON of nothing but brackets": (lambda: b"[" * 19_000_000, "a.json", "not_json"),
    "JSON of very many empty lists": (lambda: b"[" + b"[]," * 6_000_000 + b"[]]", "a.json", "not_a_return"),
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
