"""The workbook of a release, for people: contents, notes, a sheet for each thing that they ask about, a dictionary.

Heads are words and numbers are numbers. Scores show two decimals and hold the nine of gci.duckdb. Every text is written
as a text, never as a formula or a link; formulas are in the sheet “How a score is made” alone (how_scored.py), links
lead from the contents to the sheets. Sheets print in landscape with their heads on each page, fitted to the width of
as few pages as leave the text legible; long texts are wrapped. The bytes depend on the rows and on the
moment of publication alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from gci.core.errors import Blocked
from gci.publish.formats import how_scored
from gci.publish.formats.about import About
from gci.publish.formats.annex import Sheet, sheets
from gci.publish.formats.dictionary import Table

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_READ_ME = (
    ("Empty cell", "There is no value. Zero is a value: a measured absence of commitment."),
    ("Scores", "Two decimals are shown; the cells hold the nine that gci.duckdb has."),
    ("More", "Answers and every other table: gci.duckdb, csv/ and parquet/ beside this workbook; codebook.html."),
)
_DICTIONARY = ("Table", "Column", "Type", "What it says", "Unit or codes")
_A4 = 9
_HIGH, _AIR = 15.0, 6.0
_SHORT, _LONG = 36, 60
"""Characters that a column is wide: of names, and of sentences."""
_LEGIBLE = 240
"""Characters across a page that can still be read: about 60 of 100 of the size of the screen."""


@dataclass(frozen=True)
class _Filled:
    """A table as it goes onto a sheet: heads with the types of their columns, and rows."""

    name: str
    about: str
    heads: list[tuple[str, str]]
    values: list[tuple[Any, ...]]
    decimals: dict[str, int] = field(default_factory=dict)


def write(connection: duckdb.DuckDBPyConnection, about: About, tables: tuple[Table, ...], target: Path) -> None:
    """Write the workbook.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        about: the release; its title also stands on every printed page.
        tables: its declaration (gci.publish.formats.dictionary).
        target: the file to make.

    Raises:
        Blocked: when a text is longer than a cell can hold.
    """
    from xlsxwriter import Workbook

    with Workbook(str(target)) as book:
        moment = about.published_at.replace(tzinfo=None)
        book.set_properties({"title": about.title, "comments": about.cite, "created": moment})
        contents, notes = book.add_worksheet("Contents"), book.add_worksheet("Notes")
        filled = [one for sheet in sheets(connection, about.edition) if (one := _asked(connection, sheet)).values]
        for one in filled:
            _table(book, one, about)
        listed = [(one.name, one.about, len(one.values)) for one in filled]
        if how_scored.can_be_made(connection, about.edition):
            page = book.add_worksheet(how_scored.NAME)
            made = how_scored.write(book, page, connection, about.edition)
            _printed(page, about, made.rows, made.columns, 1)
            listed.append((how_scored.NAME, how_scored.ABOUT, made.rows))
        words = _dictionary(tables)
        _table(book, words, about)
        listed.append((words.name, words.about, len(words.values)))
        _notes(book, notes, about)
        _contents(book, contents, listed, about)


def _asked(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> _Filled:
    cursor = connection.execute(sheet.statement)
    heads = [(name, str(kind)) for name, kind, *_ in cursor.description or ()]
    return _Filled(sheet.name, sheet.about, heads, cursor.fetchall(), sheet.decimals)


def _dictionary(tables: tuple[Table, ...]) -> _Filled:
    """Every column of every table of the release."""
    values = [
        (table.name, column.name, column.type.lower(), column.about, column.counted_or_coded)
        for table in tables
        for column in table.columns
    ]
    about = "One row per column of each table in csv/, parquet/ and gci.duckdb: what it says, its unit or codes."
    return _Filled("Dictionary", about, [(head, "VARCHAR") for head in _DICTIONARY], values)


def _contents(book: Workbook, sheet: Worksheet, listed: list[tuple[str, str, int]], about: About) -> None:
    """The first sheet: what is where, with a link to each sheet."""
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = book.add_format({"valign": "top"})
    link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
    for column, width in enumerate((24, 84, 10)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, about.title, book.add_format({"bold": True, "font_size": 14}))
    for column, head in enumerate(("Sheet", "What it shows", "Rows")):
        sheet.write_string(2, column, head, bold)
    notes = ("Notes", "Which release this is, its source and licence, how to read and to cite it.", len(_told(about)))
    for row, (name, shows, rows) in enumerate((notes, *listed), start=3):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, shows, wrapped)
        sheet.write_number(row, 2, rows, top)
        sheet.set_row(row, _HIGH * max(1, -(-len(shows) // 88)))
    sheet.freeze_panes(3, 0)
    _printed(sheet, about, len(listed) + 4, 3, 1)


def _told(about: About) -> list[tuple[str, str]]:
    errors = f"{about.known_errors} figures published otherwise (sheets Known errors and Differences)"
    return [*about.told.items(), ("Known errors", errors), *_READ_ME]


def _notes(book: Workbook, sheet: Worksheet, about: About) -> None:
    """Which release this is, and how to read and to cite it."""
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 92)
    listed = _told(about)
    for row, (label, text) in enumerate(listed):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text, wrapped)
        sheet.set_row(row, _HIGH * max(1, -(-len(text) // 95)))
    sheet.freeze_panes(0, 1)
    _printed(sheet, about, len(listed), 2, 1)


def _table(book: Workbook, table: _Filled, about: About) -> None:
    """One table: heads in bold, frozen and repeated in print, filters, a format by type; no column without a value."""
    heads, values = table.heads, table.values
    page = book.add_worksheet(table.name)
    # A gap on both sides between a number and the text beside it.
    text = {"indent": 1, "valign": "top", "text_wrap": True}
    number = {"indent": 1, "valign": "top", "align": "right"}
    head = {"bold": True, "bottom": 1, "text_wrap": True}
    head_of_text, head_of_number = book.add_format({**text, **head}), book.add_format({**number, **head})
    words, whole = book.add_format(text), book.add_format(number)
    formats: dict[int, Format] = {}
    filled = [place for place in range(len(heads)) if any(row[place] is not None for row in values)]
    widths = [_width(heads[place][0], [row[place] for row in values]) for place in filled]
    lines = [1] * (len(values) + 1)
    for column, (place, width) in enumerate(zip(filled, widths, strict=True)):
        name, kind = heads[place]
        decimals = table.decimals.get(name, 2)
        shown = formats.setdefault(decimals, book.add_format({**number, "num_format": f"0.{'0' * decimals}"}))
        page.set_column(column, column, width)
        page.write_string(0, column, name, head_of_text if kind == "VARCHAR" else head_of_number)
        lines[0] = max(lines[0], _lines(name, width))
        for line, row in enumerate(values, start=1):
            look = words if isinstance(row[place], str) else shown if "DOUBLE" in kind else whole
            _cell(page, line, column, row[place], look)
            lines[line] = max(lines[line], _lines(row[place], width))
    for line, high in enumerate(lines):
        if high > 1:
            page.set_row(line, _HIGH * high + (_AIR if line == 0 else 0))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(values), len(filled) - 1)
    page.repeat_rows(0)
    pages = -(-sum(widths) // _LEGIBLE)
    if pages > 1:
        page.repeat_columns(0)
    _printed(page, about, len(values) + 1, len(filled), pages)


def _width(head: str, values: list[Any]) -> int:
    """A column as wide as its texts, up to a limit from where they are wrapped; no word of a text or head is broken."""
    texts = [value for value in values if isinstance(value, str)]
    longest = max((len(text) for text in texts), default=0)
    words = max((len(word) for text in (head, *texts) for word in text.split()), default=0)
    widest = _LONG if longest > 2 * _LONG else _SHORT
    return max(9 if " " in head else 7, min(words + 3, _LONG), min(longest + 3, widest))


def _lines(value: Any, width: int) -> int:
    """How many lines a text takes; neither Excel nor LibreOffice makes a row higher by itself everywhere."""
    return max(1, len(wrap(value, width - 1))) if isinstance(value, str) else 1


def _printed(page: Worksheet, about: About, rows: int, columns: int, pages: int) -> None:
    """How the sheet comes out on paper."""
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(pages, 0)
    page.print_area(0, 0, rows - 1, columns - 1)
    page.set_header(f"&L{about.title.replace('&', '&&')}&R&A")
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
