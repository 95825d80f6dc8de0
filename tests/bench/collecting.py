"""Checking and landing one workbook per member state, printed beside openpyxl merely reading the same files.

    python tests/bench/collecting.py

The workbooks are the questionnaire of edition 2026, filled in. Each figure is a whole process of its own; the ratio to
openpyxl in the same run is what to compare between machines.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import measure
from gci.reference.seeds import items, members
from gci.survey.form.form import choices, form
from gci.survey.form.previous import Given
from gci.survey.form.workbook import Filling, workbook

EDITION = "2026"
LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
CHECK_AND_LAND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
folders = DataFolders(Path(sys.argv[1]))
receipts = collect_files("survey", waiting("survey", folders), datetime(2026, 10, 1, tzinfo=UTC), folders)
assert {receipt.verdict for receipt in receipts} == {"accepted"}, [one.problems for one in receipts][:1]
print(len(receipts), sum(receipt.answered for receipt in receipts))
"""
CHECK = """
import sys
from pathlib import Path
from gci.collect.check_file import check_file
receipts = [check_file(path).receipt for path in sorted(Path(sys.argv[1]).glob("inbox/survey/*/*.xlsx"))]
print(len(receipts), sum(receipt.answered for receipt in receipts))
"""
OPENPYXL = """
import sys
from pathlib import Path
from openpyxl import load_workbook
cells = 0
for path in sorted(Path(sys.argv[1]).glob("inbox/survey/*/*.xlsx")):
    book = load_workbook(path, read_only=True, data_only=True)
    cells += sum(value is not None for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
print(cells)
"""


def fill(inbox: Path) -> int:
    """Write a filled questionnaire for each member state; gives their number."""
    home = inbox / "survey" / EDITION
    home.mkdir(parents=True)
    dice = random.Random(2026)
    for number, iso3 in enumerate(sorted(members(EDITION))):
        answers = {
            item: Given(dice.choice(choices(node)), f"https://www.example.org/{iso3}/{item}", f"Article {number}")
            for item, node in items(EDITION).items()
        }
        language = LANGUAGES[number % len(LANGUAGES)]
        content = workbook(form(EDITION), iso3, language, Filling(answers, None))
        (home / f"gci_{EDITION}_{iso3}_{language}.xlsx").write_bytes(content)
    return len(members(EDITION))


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory(prefix="gci-bench-") as folder:
        states = fill(Path(folder) / "inbox")
        figures = [
            ("openpyxl, reading alone", measure(["-c", OPENPYXL, folder], dict(os.environ))),
            ("checking", measure(["-c", CHECK, folder], dict(os.environ))),
            ("checking and landing", measure(["-c", CHECK_AND_LAND, folder], dict(os.environ))),
        ]
    bare = figures[0][1].seconds
    title = f"{states} workbooks of {len(items(EDITION))} questions"
    table = Table(title=title, title_justify="left")
    for heading in ("", "seconds", "times openpyxl", "peak MiB"):
        table.add_column(heading, justify="left" if not heading else "right")
    for what, one in figures:
        table.add_row(what, f"{one.seconds:.2f}", f"{one.seconds / bare:.2f}", f"{one.peak:.0f}")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
