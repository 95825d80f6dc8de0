"""A table of submissions as a workbook → its rows, and what is wrong with single cells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gci.diagnostics.problems import At, Report
from gci.readers.addresses import address_of
from gci.readers.book import Book
from gci.readers.grid import Grid
from gci.readers.number_formats import shows_other
from gci.readers.sheet import Cell, Sheet
from gci.survey.formats.beside import say_beside, say_hidden
from gci.survey.formats.fields import is_like_a_question, looks_like_an_export, name_of


@dataclass(frozen=True)
class Flaw:
    """A cell that cannot be taken as it stands, or that leads somewhere.

    Attributes:
        label: name of its column.
        code: of the problem; '' where it only leads somewhere.
        found: its address, or that of the area that it is part of.
        cell: what stands in it; None for an area.
        target: the address that it leads to.
    """

    label: str
    code: str
    found: str
    cell: Cell | None = None
    target: str = ""


def table(book: Book, report: Report) -> tuple[Grid, Mapping[int, list[Flaw]]]:
    """The only sheet that shows, as a table, and the flaws and links of its rows by their numbers.

    Raises:
        UnreadableError: the workbook is no export, or has several tables.
    """
    shown = book.shown()
    sheets = [book.sheet(name) for name in shown]
    exports = [sheet for sheet in sheets if looks_like_an_export(_header(sheet))]
    if not exports:
        raise report.stop("not_a_questionnaire")
    if len([sheet for sheet in sheets if sheet.rows]) > 1:
        raise report.stop("several_tables", At(), found=", ".join(shown), expected=exports[0].name)
    sheet = exports[0]
    for place, cell in sheet.cells():
        if place[0] == 1 and (code := fault_of(cell)) is not None:
            raise report.stop(code, At(1, None, None, sheet.name), found=address_of(place))
    say_beside(sheet, report)
    asked = [column for column, cell in sheet.rows[1].items() if is_like_a_question(name_of(cell.text))]
    say_hidden(sheet, sheet.rows.keys() - {1}, asked, report)
    return Grid(sheet.grid(), (), sheet.name), _flaws(sheet)


def fault_of(cell: Cell) -> str | None:
    """The code of what keeps a cell from being read; None where nothing does."""
    if cell.has_picture:
        return "picture_in_cell"
    if cell.formula is not None:
        return "formula_cell"
    if cell.error:
        return "cell_error"
    if cell.struck and cell.text:
        return "struck_out"
    return "shown_otherwise" if shows_other(cell.shown_as, cell.value) else None


def _header(sheet: Sheet) -> list[str]:
    return [cell.text for cell in sheet.rows.get(1, {}).values()]


def _flaws(sheet: Sheet) -> dict[int, list[Flaw]]:
    labels = {column: cell.text for column, cell in sheet.rows[1].items()}
    found: dict[int, list[Flaw]] = {}
    for place, cell in sheet.cells():
        code, target = fault_of(cell) or "", sheet.links.get(place, "")
        if code or target:
            label = labels.get(place[1], "")
            found.setdefault(place[0], []).append(Flaw(label, code, address_of(place), cell, target))
    for span in sheet.merged:
        area = f"{address_of((span.top + 1, span.left + 1))}:{address_of((span.bottom + 1, span.right + 1))}"
        touched = [number for number in sheet.rows if span.top < number <= span.bottom + 1]
        columns = [column for column in labels if span.left < column <= span.right + 1]
        for number in touched if len(touched) > 1 and columns else ():
            found.setdefault(number, []).append(Flaw(labels[columns[0]], "merged_cells", area))
    return found
