"""The sheet “How a score is made” of a release's workbook, computed by LibreOffice for states that a test chooses."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

from debian_package import brought_by
from gci.publish.formats import how_scored
from gci.publish.formats.annex import STATE


def computed(asked: Iterable[tuple[Path, str]], folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """What the sheet says of states: by workbook and state the values of column H under the names in column A.

    Args:
        asked: workbooks, each with the code of a state to write into the marked cell.
        folder: where to work; it is there and empty.

    Returns:
        Where a name stands in several rows (a pillar, in the rows of its items and in that of its sum) the last of
        them; the name of the state under `STATE`.
    """
    brought_by("libreoffice-calc", lambda: shutil.which("soffice"))
    places = {}
    for file, iso3 in asked:
        book = openpyxl.load_workbook(file)
        book[how_scored.NAME][how_scored.CHOSEN] = iso3
        places[file.stem, iso3] = folder / f"{file.stem}_{iso3}.xlsx"
        book.save(places[file.stem, iso3])  # openpyxl leaves out what was shown: it has to be computed
    words = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    words += ["--convert-to", "xlsx", "--outdir", str(folder / "done")]
    subprocess.run([*words, *map(str, places.values())], check=True, capture_output=True)
    found = {}
    for named, place in places.items():
        sheet = openpyxl.load_workbook(folder / "done" / place.name, data_only=True)[how_scored.NAME]
        found[named] = {row[0].value: row[7].value for row in sheet.iter_rows() if row[0].value}
        found[named][STATE] = sheet["B4"].value
    return found
