"""The workbook of a release, for people: notes, then a sheet for each thing that they ask about.

Heads are words and numbers are numbers. Scores show two decimals and hold the nine of gci.duckdb. Every text is written
as a text, never as a formula or a link. Sheets print in landscape, fitted to the width of the page, with their heads on
each. The bytes depend on the rows and on the moment of publication alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from gci.core.errors import Blocked
from gci.publish.formats.annex import Sheet, sheets

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_READ_ME = (
    ("Empty cell", "There is no value. Zero is a value: a measured absence of commitment."),
    ("Scores", "Two decimals are shown; the cells hold the nine that gci.duckdb has."),
    ("More", "Answers and every other table: gci.duckdb, csv/ and parquet/ beside this workbook."),
)
_A4 = 9
_WIDEST = 44
_HIGH = 15.0


def write(
    connection: duckdb.DuckDBPyConnection, edition: str, target: Path, about: Mapping[str, str], created: datetime
) -> None:
    """Write the workbook.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        edition: the edition that it is about.
        target: the file to make.
        about: the first rows of the notes, label and text; `Title` also stands on every printed page.
        created: the moment of publication, in UTC.

    Raises:
        Blocked: when a text is longer than a cell can hold.
    """
    from xlsxwriter import Workbook

    with Workbook(str(target)) as book:
        moment = created.replace(tzinfo=None)
        book.set_properties({"title": about.get("Title", ""), "created": moment})
        notes = book.add_worksheet("Notes")
        filled = [sheet for sheet in sheets(connection, edition) if _sheet(book, connection, sheet, about)]
        _notes(book, notes, filled, about)


def _notes(book: Workbook, sheet: Worksheet, filled: list[Sheet], about: Mapping[str, str]) -> None:
    """The first sheet: which release this is, how to read and to cite it, and what every sheet shows."""
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 92)
    listed = [*about.items(), *_READ_ME, *((f"Sheet “{one.name}”", one.about) for one in filled)]
    for row, (label, text) in enumerate(listed):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text, wrapped)
        sheet.set_row(row, _HIGH * max(1, -(-len(text) // 95)))
    _printed(sheet, about, len(listed), 2, 1)


def _sheet(book: Workbook, connection: duckdb.DuckDBPyConnection, sheet: Sheet, about: Mapping[str, str]) -> bool:
    """One table: heads in bold, frozen and repeated in print, filters, a format by type. False when it has no rows."""
    cursor = connection.execute(sheet.statement)
    heads = [(name, str(kind)) for name, kind, *_ in cursor.description or ()]
    values = cursor.fetchall()
    if not values:
        return False
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    words = book.add_format({"indent": 1})  # a gap between a number and the text beside it
    formats: dict[int, Format] = {}
    filled = [place for place in range(len(heads)) if any(row[place] is not None for row in values)]
    lines = 1
    for column, place in enumerate(filled):
        head, kind = heads[place]
        decimals = sheet.decimals.get(head, 2)
        shown = formats.setdefault(decimals, book.add_format({"num_format": f"0.{'0' * decimals}"}))
        width = _width(head, [row[place] for row in values])
        lines = max(lines, len(wrap(head, width - 1)))
        page.set_column(column, column, width)
        page.write_string(0, column, head, bold)
        for number, row in enumerate(values, start=1):
            look = words if isinstance(row[place], str) else shown if "DOUBLE" in kind else None
            _cell(page, number, column, row[place], look)
    page.set_row(0, _HIGH * lines)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(values), len(filled) - 1)
    page.repeat_rows(0)
    if sheet.pages > 1:
        page.repeat_columns(0)
    _printed(page, about, len(values) + 1, len(filled), sheet.pages)
    return True


def _width(head: str, values: list[Any]) -> int:
    """A column as wide as its texts, or wide enough for the longest word of its head."""
    texts = [len(value) for value in values if isinstance(value, str)]
    words = max(len(word) for word in head.split())
    return min(_WIDEST, max([8, words + 1, *(length + 3 for length in texts)]))


def _printed(page: Worksheet, about: Mapping[str, str], rows: int, columns: int, pages: int) -> None:
    """How the sheet comes out on paper."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(pages, 0)
    page.print_area(0, 0, rows - 1, columns - 1)
    page.set_header(f"&L{about.get('Title', '').replace('&', '&&')}&R&A")
    page.set_footer("&CPage &P of &N")


def _cell(sheet: Worksheet, row: int, column: int, value: Any, shown: Format | None) -> None:
    """One value by its type; nothing for null."""
    if value is None:
        return
    if isinstance(value, str):
        refused = sheet.write_string(row, column, value, shown)
    elif isinstance(value, bool):
        refused = sheet.write_boolean(row, column, value)
    else:
        refused = sheet.write_number(row, column, value, shown)
    if refused:
        raise Blocked(
            f"row {row + 1}, column {column + 1} of sheet {sheet.name} does not fit into a workbook. "
            "Shorten the text in its source. Nothing was published."
        )
