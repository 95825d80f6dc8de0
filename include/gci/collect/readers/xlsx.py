"""XLSX → rows of one sheet with their row numbers."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from gci.collect.problems import At, Report
from gci.collect.readers.archive import OF_A_PARTNER, admit
from gci.collect.readers.grid import Grid, Span, as_text, rows_of
from gci.collect.readers.rows import Columns, Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of the sheet that a layout names, or of the only sheet that shows.

    Problems go to `report`. Raises UnreadableError when nothing can be trusted.
    """
    from python_calamine import CalamineError, PasswordError, XmlError, ZipError, load_workbook

    for cells in admit(content, report, OF_A_PARTNER).errors.values():
        raise report.stop("cell_error", At(), found=min(cells))
    try:
        book = load_workbook(content)
        grid = _grid(_sheet(book, layouts, report))
    except (CalamineError, PasswordError, XmlError, ZipError):
        raise report.stop("not_a_workbook") from None
    yield from rows_of(grid, layouts, report)


def _sheet(book: CalamineWorkbook, layouts: Sequence[Columns], report: Report) -> CalamineSheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    named = {layout.form.sheet for layout in layouts} - {""}
    shown = [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]
    there = [name for name in shown if name in named] or ([] if named else shown)
    if len(there) != 1:
        wanted = " or ".join(sorted(named)) or "one sheet"
        raise report.stop("sheet_unknown", At(), found=", ".join(shown) or "none", expected=wanted)
    return book.get_sheet_by_name(there[0])


def _grid(sheet: CalamineSheet) -> Grid:
    cells = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    spans = [Span(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return Grid(cells, spans, sheet.name)
