"""Tables of web pages → rows. Read only where the owner offers nothing else."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from gci.diagnostics.problems import At, Report, quoted
from gci.readers.grid import Grid, Span, rows_of
from gci.readers.header import recognised
from gci.readers.raised import raised
from gci.readers.rows import Columns, Row
from gci.readers.shown import leave_out_hidden, say_what_was_left_out

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 5_000_000  # bytes
MOST_TAGS = 300_000
MOST_ATTRIBUTES = 100  # of one tag: what reading them takes grows with their square
MOST_CELLS = 2_000_000  # of all tables, with what cells span
_WIDEST = 200  # columns
_LONGEST = 65_536  # characters of a cell
_TAG = re.compile(rb"""<([a-zA-Z][\w-]*+)((?:"[^"]*+"|'[^']*+'|[^>"'])*+)""")
_NO_TAGS = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TABLE = re.compile(rb"<(/?)table[\s/>]", re.IGNORECASE)
_DIGITS = re.compile(r"\s*\+?([0-9]{1,9})(?![0-9])")  # as browsers read a number: whatever comes behind it
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")
_WITHOUT_TEXT = frozenset(("img", "svg", "object", "canvas", "input", "select", "textarea"))
_ICON = re.compile(r"(?:^|[\s_-])(?:icons?|glyphicon|fa|fas|far|bi|check|tick|cross)(?:$|[\s_-])", re.IGNORECASE)
_NOTE = re.compile(r"#.")  # a link to a note on the page
_ABOVE = re.compile(r"vertical-align\s*:\s*(super|text-top)", re.IGNORECASE)
_APART = frozenset(("br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "hr"))  # text beside them is another word


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of every table of the page whose header fits one of `layouts`, one table after the other.

    Row numbers count through all these tables. What the page does not show is not read, and mentioned. Scripts are not
    looked at, nothing is loaded. Raises UnreadableError when there is no such table, and for a page that would cost
    more than its size to read.
    """
    text = content.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise report.stop("too_big", found=len(text), limit=LARGEST)
    _refuse_costly(text, report)
    _refuse_cut(text, report)
    page = _page(text, report)
    left_out = leave_out_hidden(page, report)
    _note_day(page, layouts, report)
    tables = [(table, grid) for table, grid in _grids(page, report) if grid.cells]
    fitting = [(table, grid) for table, grid in tables if any(_fits(grid, layout) for layout in layouts)]
    if not fitting:
        raise report.stop("no_table", known=", ".join(layouts[0].required), count=len(tables))
    before = 0
    for table, grid in fitting:
        say_what_was_left_out(table, left_out, report)
        for row in rows_of(grid, layouts, report):
            yield Row(row.number + before, row.cells)
        before += len(grid.cells)


def _refuse_costly(text: bytes, report: Report) -> None:
    """Raises UnreadableError for a page with more tags, or more attributes of one, than a page for people has."""
    if text.count(b"<") > MOST_TAGS:
        raise report.stop("page_too_costly", found=f"more than {MOST_TAGS} tags")
    place, low = 0, text.lower()
    while (tag := _TAG.search(text, place)) is not None:
        place = tag.end()
        if len(tag[2]) > MOST_ATTRIBUTES and _attributes(tag[2]) > MOST_ATTRIBUTES:
            raise report.stop("page_too_costly", found=f"a tag with more than {MOST_ATTRIBUTES} attributes")
        if tag[1].lower() in (b"script", b"style"):  # what stands in them are no tags
            place = low.find(b"</" + tag[1].lower(), place)
            if place < 0:
                return


def _refuse_cut(text: bytes, report: Report) -> None:
    """Raises UnreadableError for a page that ends within a table: rows that are not there would not be missed."""
    plain = _NO_TAGS.sub(b"", text)
    ends = [found[1] for found in _TABLE.finditer(plain)]
    if ends.count(b"") > ends.count(b"/"):
        raise report.stop("page_cut_off", At(text.count(b"\n") + 1))


def _attributes(text: bytes) -> int:
    """How many attributes a tag has at most. They need no blank between them: a quotation mark or a slash will do."""
    return len(_QUOTED.sub(b" ", text).replace(b"/", b" ").split())


def _page(text: bytes, report: Report) -> HtmlElement:
    from lxml import etree, html

    encoding = _encoding(text)
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        _refuse_other_bytes(text, report)
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True)
    try:
        page = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, UnicodeError, ValueError):
        raise report.stop("no_table", known="", count=0) from None
    etree.strip_elements(page, "script", "noscript", "template", with_tail=False)
    for part in page.iter("sup", "a", "span"):
        if part.tag == "sup" or _NOTE.match(part.get("href", "")) or _ABOVE.search(part.get("style", "")):
            _raise(part)
    for part in page.iter(*_APART):
        part.tail = f" {part.tail or ''}"
        if part.tag not in ("br", "hr"):
            part.text = f" {part.text or ''}"
    return page


def _raise(part: HtmlElement) -> None:
    """Write the digits of a mark of a note as raised ones where they stand behind a number."""
    previous, above = part.getprevious(), part.getparent()
    before = (
        (previous.tail or previous.text_content())
        if previous is not None
        else (above.text if above is not None else "")
    )
    for one in part.iter():
        one.text = one.text and raised(one.text, before or "")
        if one is not part:
            one.tail = one.tail and raised(one.tail, before or "")


def _refuse_other_bytes(text: bytes, report: Report) -> None:
    """Raises UnreadableError for a page that should be in UTF-8 and is not: letters of names would be lost."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        row = text.count(b"\n", 0, error.start) + 1
        raise report.stop("encoding_unknown", At(row), encoding="UTF-8") from None


def _encoding(text: bytes) -> str:
    """What the page says of itself, or else UTF-8, which pages without a word are today.

    An encoding in which a tag has other bytes than here is not believed: its tags would not have been looked at.
    """
    said = re.search(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", text[:4096], re.IGNORECASE)
    name = said.group(1).decode() if said else "utf-8"
    try:
        return name if "<td a='1'>".encode(name) == b"<td a='1'>" else "utf-8"
    except LookupError:
        return "utf-8"


def _note_day(page: HtmlElement, layouts: Sequence[Columns], report: Report) -> None:
    """The day that the page says its table is of. Raises UnreadableError where it is no day, or says two."""
    patterns = [layout.form.as_of for layout in layouts if layout.form.as_of]
    said = {found[0]: found for pattern in patterns for found in re.finditer(pattern, _text(page, LARGEST))}
    days = {_day(found) for found in said.values()}
    if len(days) > 1 or None in days:
        raise report.stop("day_of_list_unclear", found=", ".join(map(quoted, said)))
    for day in days:
        report.as_of = day


def _day(found: re.Match[str]) -> str | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def _grids(page: HtmlElement, report: Report) -> Iterator[tuple[HtmlElement, Grid]]:
    """Every table with its cells; the rows of a table within another are those of the inner one alone."""
    lines: dict[HtmlElement, list[HtmlElement]] = {table: [] for table in page.iter("table")}
    for line in page.iter("tr"):
        if (table := next(line.iterancestors("table"), None)) is not None:
            lines[table].append(line)
    room = MOST_CELLS
    for table, rows in lines.items():
        grid = _grid(rows, room, report)
        room -= sum(map(len, grid.cells))
        yield table, grid


def _grid(lines: Sequence[HtmlElement], room: int, report: Report) -> Grid:
    """The cells of a table, each at its place. A cell that covers several has its text in the first of them.

    Raises UnreadableError for more than `room` cells.
    """
    rows: list[list[str]] = []
    spans: list[Span] = []
    textless: set[tuple[int, int]] = set()
    # A cell reaches down to the end of its part of the table (head, body) and no further.
    for _, part in groupby(lines, key=lambda line: line.getparent()):
        below = list(part)
        covered: dict[int, int] = {}  # column → rows from here on that a cell from above still covers
        for number, line in enumerate(below):
            cells: list[str] = []
            for cell in line.iterchildren("td", "th"):
                _skip(cells, covered)
                wide, high = _wide(cell), _high(cell, len(below) - number)
                if wide > 1 or high > 1:
                    left, top = len(cells), len(rows)
                    spans.append(Span(top, left, top + high - 1, left + wide - 1))
                if high > 1:
                    covered.update(dict.fromkeys(range(len(cells), len(cells) + wide), high))
                shown = _text(cell)
                if not shown and _is_drawn(cell):
                    textless.add((len(rows), len(cells)))
                cells += [shown, *[""] * (wide - 1)]
                if len(cells) >= _WIDEST:
                    break
            _skip(cells, covered)
            rows.append(cells[:_WIDEST])
            room -= len(rows[-1])
            if room < 0:
                raise report.stop("page_too_costly", found=f"more than {MOST_CELLS} cells")
            covered = {column: rest - 1 for column, rest in covered.items() if rest > 1}
    return Grid(rows, spans, textless=textless)


def _is_drawn(cell: HtmlElement) -> bool:
    """Whether a cell without a text shows something else: a picture, a sign drawn by its style, a box to tick."""
    inside = [one for one in cell.iter() if isinstance(one.tag, str)]
    return any(
        one.tag in _WITHOUT_TEXT or (one.get("class") and (one.tag == "i" or _ICON.search(one.get("class"))))
        for one in inside
    )


def _skip(cells: list[str], covered: dict[int, int]) -> None:
    """Pass over the places that a cell from above covers."""
    while len(cells) in covered and len(cells) < _WIDEST:
        cells.append("")


def _fits(grid: Grid, layout: Columns) -> bool:
    return any(2 * recognised(cells, layout) > len(layout.required) for cells in grid.cells[:20])


def _text(element: HtmlElement, longest: int = _LONGEST) -> str:
    """The words of an element, up to so many characters."""
    found: list[str] = []
    length = 0
    for text in element.itertext():
        found.append(text)
        length += len(text)
        if length > longest:
            break
    return " ".join("".join(found).split())


def _wide(cell: HtmlElement) -> int:
    """How many columns a cell covers."""
    return min(max(_number(cell.get("colspan")), 1), _WIDEST)


def _high(cell: HtmlElement, rows: int) -> int:
    """How many of the `rows` from its own on a cell covers. 0 says all of them."""
    return min(_number(cell.get("rowspan")) or rows, rows)


def _number(said: str | None) -> int:
    found = _DIGITS.match(said or "")
    return int(found[1]) if found else 1
