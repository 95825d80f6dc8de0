"""Tables of web pages → rows. Read only where the owner offers nothing else."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from gci.collect.problems import Report
from gci.collect.readers.grid import Grid, Span, rows_of
from gci.collect.readers.header import recognised
from gci.collect.readers.rows import Columns, Row

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 20_000_000  # bytes
_WIDEST = 200  # columns


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of every table of the page whose header fits one of `layouts`, one table after the other.

    Row numbers count through all these tables. Scripts and styles are not looked at, nothing is loaded. Raises
    UnreadableError when there is no such table.
    """
    text = content.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise report.stop("too_big", found=len(text), limit=LARGEST)
    page = _page(text, report)
    _note_day(page, layouts, report)
    tables = [grid for table in page.iter("table") if (grid := _grid(table)).cells]
    fitting = [grid for grid in tables if any(_fits(grid, layout) for layout in layouts)]
    if not fitting:
        raise report.stop("no_table", known=", ".join(layouts[0].required), count=len(tables))
    before = 0
    for grid in fitting:
        for row in rows_of(grid, layouts, report):
            yield Row(row.number + before, row.cells)
        before += len(grid.cells)


def _page(text: bytes, report: Report) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(encoding=_encoding(text), no_network=True, huge_tree=False, remove_comments=True)
    try:
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, UnicodeError, ValueError):
        raise report.stop("no_table", known="", count=0) from None
    etree.strip_elements(page, "script", "style", "template", with_tail=False)
    return page


def _encoding(text: bytes) -> str:
    """What the page says of itself, or else UTF-8, which pages without a word are today."""
    said = re.search(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", text[:4096], re.IGNORECASE)
    return said.group(1).decode() if said else "utf-8"


def _note_day(page: HtmlElement, layouts: Sequence[Columns], report: Report) -> None:
    """The day that the page says its table is of."""
    for layout in layouts:
        if layout.form.as_of and (said := re.search(layout.form.as_of, _text(page))) is not None:
            report.as_of = f"{said['year']}-{int(said['month']):02d}-{int(said['day']):02d}"


def _grid(table: HtmlElement) -> Grid:
    """The cells of a table. A cell over several columns takes its place once; the others are left empty."""
    rows: list[list[str]] = []
    spans: list[Span] = []
    for number, line in enumerate(_lines(table)):
        cells: list[str] = []
        for cell in line.iterchildren("td", "th"):
            wide = _count(cell.get("colspan"))
            if wide > 1:
                spans.append(Span(number, len(cells), number, len(cells) + wide - 1))
            cells += [_text(cell), *[""] * (wide - 1)]
        rows.append(cells[:_WIDEST])
    return Grid(rows, spans)


def _lines(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table, without those of tables within it."""
    return [line for line in table.iter("tr") if next(line.iterancestors("table")) is table]


def _fits(grid: Grid, layout: Columns) -> bool:
    return any(2 * recognised(cells, layout) > len(layout.required) for cells in grid.cells[:20])


def _text(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _count(said: str | None) -> int:
    return min(max(int(said), 1), _WIDEST) if said and said.isdecimal() else 1
