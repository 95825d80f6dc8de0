"""CSV as `gci audit` takes it → header and rows; what is wrong is noted by row and column, to be told at once."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from gci.audit.tree import Fault
from gci.diagnostics.problems import Report, UnreadableError
from gci.readers.text import Lines

_LONGEST = 50_000_000  # characters of a row: a million replications
_MOST = 20  # problems that are told of one file


@dataclass
class Problems:
    """Collects what is wrong with one file, whose header is in the row `header`."""

    path: Path
    header: int = 1
    faults: list[Fault] = field(default_factory=list)

    def add(self, row: int | None, column: str | None, message: str) -> None:
        """Note that something is wrong at a row and column; None where the whole is meant."""
        self.faults.append(Fault(row, column, message))

    def lines(self) -> list[str]:
        """What is wrong, one problem a line, with file, row and column."""
        told = [_told(self.path, fault) for fault in self.faults[:_MOST]]
        more = len(self.faults) - _MOST
        return [*told, f"{self.path}: and {more} more of the kind"] if more > 0 else told


def _told(path: Path, fault: Fault) -> str:
    place = [str(path)]
    if fault.row is not None:
        place.append(f"row {fault.row}")
    if fault.column is not None:
        place.append(f"column {fault.column}")
    return f"{', '.join(place)}: {fault.message}"


Rows = list[tuple[int, list[str]]]


def table(path: Path, about: Problems) -> tuple[list[str], Rows]:
    """The header, and the rows that have something in them, with the numbers of their lines.

    What is wrong with the file is noted in `about`; both are empty where nothing of it can be read. Every row has as
    many cells as the header.
    """
    report = Report()
    try:
        with path.open("rb") as content:
            rows = list(_records(content, report, about))
    except UnreadableError:
        for problem in report.problems:
            about.add(problem.row, None, problem.message)
        return [], []
    if not rows:
        about.add(None, None, "there is nothing in it")
        return [], []
    number, header = rows[0]
    about.header = number
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        about.add(number, None, "its cells are not separated by commas; save it as CSV with commas")
        return [], []
    _twice(header, number, about)
    for place, (row, cells) in enumerate(rows[1:], start=1):
        if len(cells) != len(header):
            about.add(row, None, f"the row has {len(cells)} cells and the header {len(header)}")
            rows[place] = (row, (cells + [""] * len(header))[: len(header)])
    return header, rows[1:]


def _records(content: BinaryIO, report: Report, about: Problems) -> Iterator[tuple[int, list[str]]]:
    lines = Lines(content, report, longest=_LONGEST)
    reader = csv.reader(lines, strict=True)
    while True:
        start = lines.begin_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            about.add(start, None, f"the row cannot be read as CSV ({error}); look for a stray quotation mark in it")
            return
        if any(cell.strip() for cell in cells):
            yield start, [cell.strip() for cell in cells]


def _twice(header: Sequence[str], row: int, about: Problems) -> None:
    for place, name in enumerate(header):
        if not name:
            about.add(row, f"number {place + 1}", "the column has no name")
        elif name in header[:place]:
            about.add(row, name, "the column stands there twice")


def number(text: str, row: int, column: str, about: Problems) -> float | None:
    """The number in a cell; None where it is empty, or holds none, which is then noted."""
    if not text:
        return None
    try:
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    about.add(row, column, f"{text!r} is no number" + (" (decimals begin with a point)" if "," in text else ""))
    return None
