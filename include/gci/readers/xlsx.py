"""XLSX → rows of one sheet with their row numbers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import time, timedelta
from typing import BinaryIO

from gci.diagnostics.problems import At, Report
from gci.readers.addresses import address_of
from gci.readers.archive import OF_A_PARTNER
from gci.readers.book import Book
from gci.readers.grid import Grid, as_text, rows_of
from gci.readers.number_formats import is_percent, is_scaled, shows_other
from gci.readers.rows import Columns, Row
from gci.readers.sheet import Cell, Sheet

_MOST_NAMED = 10
_NOTHING = (0, "", time(), timedelta())  # 0 in a cell that shows a time


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of the sheet that a layout names, or of the only sheet that shows.

    Problems go to `report`. Raises UnreadableError when nothing can be trusted.
    """
    book = Book(content, report, OF_A_PARTNER)
    sheet = book.sheet(_name(book, layouts, report))
    for place, cell in sheet.cells():
        if cell.error:
            raise report.stop("cell_error", At(sheet=sheet.name), found=address_of(place))
    _say_beside(sheet, report)
    yield from rows_of(_grid(sheet, book.recalculates), layouts, report)


def _grid(sheet: Sheet, recalculates: bool) -> Grid:
    """All rows from the first on, each with a text for every column; blanks around texts are kept."""
    uncalculated = {place for place, cell in sheet.cells() if _is_uncalculated(cell, recalculates)}
    width = max((max(row) for row in sheet.rows.values()), default=0)
    rows = [[""] * width for _ in range(max(sheet.rows, default=0))]
    for (row, column), cell in sheet.cells():
        rows[row - 1][column - 1] = "" if cell.value is None else as_text(cell.value)
    return Grid(
        rows,
        sheet.merged,
        sheet.name,
        never_calculated={(row - 1, column - 1) for row, column in uncalculated},
        flawed={(row - 1, column - 1): code for (row, column), code in _flaws(sheet)},
        in_percent=_shown(sheet, is_percent),
        in_thousands=_shown(sheet, is_scaled),
        hidden={number - 1 for number in sheet.hidden},
        hidden_columns=[(first - 1, last - 1) for first, last in sheet.hidden_columns],
    )


def _is_uncalculated(cell: Cell, recalculates: bool) -> bool:
    """Whether a formula has no result, or the 0 that programs write which leave the calculation to others."""
    return cell.never_calculated or (recalculates and cell.formula is not None and cell.value in _NOTHING)


def _flaws(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells that show something else than is stored in them, or that are struck out, with the code of that."""
    for place, cell in sheet.cells():
        if cell.struck and cell.text:
            yield place, "struck_out"
        elif shows_other(cell.shown_as, cell.value):
            yield place, "shown_otherwise"


def _shown(sheet: Sheet, scale: Callable[[str], bool]) -> set[tuple[int, int]]:
    """Row and column, from 0, of the numbers whose format shows them on this scale."""
    formats = {cell.shown_as for _, cell in sheet.cells()}
    on_it = {shown_as for shown_as in formats if scale(shown_as)}
    if not on_it:
        return set()
    return {
        (row - 1, column - 1)
        for (row, column), cell in sheet.cells()
        if cell.shown_as in on_it and isinstance(cell.value, float)
    }


def _say_beside(sheet: Sheet, report: Report) -> None:
    """Mention notes on cells, and what lies on the sheet: none of it is read."""
    for code, found in (("notes_not_read", sheet.notes), ("pictures_not_read", sheet.pictures)):
        if found:
            report.add(code, At(sheet=sheet.name), found=", ".join(found[:_MOST_NAMED]), count=len(found))


def _name(book: Book, layouts: Sequence[Columns], report: Report) -> str:
    named = {layout.form.sheet for layout in layouts} - {""}
    shown = book.shown()
    there = [name for name in shown if name in named] or ([] if named else shown)
    if len(there) != 1:
        wanted = " or ".join(sorted(named)) or "one sheet"
        raise report.stop("sheet_unknown", At(), found=", ".join(shown) or "none", expected=wanted)
    return there[0]
