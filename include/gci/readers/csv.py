"""CSV as people and spreadsheets write it → rows with their line numbers, one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import At, Report, quoted
from gci.readers.body import MOST_BLANK, Body
from gci.readers.header import match, nearest_layout, recognised
from gci.readers.rows import Columns, Row
from gci.readers.text import Lines

DELIMITERS = {",": Phrase("commas"), ";": Phrase("semicolons"), "\t": Phrase("tabs"), "|": Phrase("vertical bars")}
_USUAL = (",", ";", "\t")
_ALIKE = 3  # cells
_PREAMBLE = 20  # so many lines are looked at for a header that does not come first
_SEPARATOR = re.compile(r"""\ufeff*\s*(["']?)sep=(.?)\1[\s,;]*""", re.IGNORECASE | re.DOTALL)
_SHAPES = ((re.compile(r"[^\W\d_]+"), "a"), (re.compile(r"\d+"), "0"))


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of a CSV file whose header fits one of `layouts`; rows with nothing in them are passed over.

    Problems go to `report`; a row with one is not given. Raises UnreadableError when nothing after it can be trusted.
    """
    encoding = next((layout.form.encoding for layout in layouts if layout.form.encoding), "")
    lines = Lines(content, report, encoding, max(layout.form.longest for layout in layouts))
    try:
        yield from _rows(lines, layouts, report)
    finally:
        lines.close()


def header_cells(content: BinaryIO) -> list[str]:
    """The cells of the first line by its most frequent delimiter, to tell what a file is. Raises UnreadableError."""
    lines = Lines(content, Report())
    try:
        first = next(lines, "")
        if is_separator_line(first):
            first = next(lines, "")
        delimiter = max(_USUAL, key=first.count)
        return next(csv.reader([first], delimiter=delimiter if delimiter in first else "|"), [])
    finally:
        lines.close()


def is_separator_line(line: str) -> bool:
    """Whether this is `sep=;`: a word to Excel, which never shows it, and no row."""
    return bool(_SEPARATOR.fullmatch(line))


def _rows(lines: Lines, layouts: Sequence[Columns], report: Report) -> Iterator[Row]:
    first = _first_line(lines, report)
    delimiters = tuple(DELIMITERS)
    if is_separator_line(first):
        report.add("separator_line", At(lines.number), found=quoted(first.strip()))
        delimiters += tuple(_declared(first))
        first = _first_line(lines, report)
    row = lines.number
    delimiter, cells = _split(first, layouts, delimiters)
    if not any(recognised(cells, layout) or not layout.required for layout in layouts):
        delimiter, cells = _after_the_preamble(lines, row, cells, layouts, report)
    if delimiter not in {layout.form.delimiter or "," for layout in layouts}:
        named = DELIMITERS.get(delimiter) or quoted(delimiter)
        report.add("read_with_delimiter", At(lines.number), found=named)
    body = Body(match(cells, lines.number, layouts, report), report)
    for number, record in _records(lines, delimiter, report):
        if (found := body.row(number, record, cut=not lines.ended)) is not None:
            yield found
    body.finish()


def _first_line(lines: Lines, report: Report) -> str:
    """The next line with something in it. Raises UnreadableError where none comes."""
    for line in lines.single():
        if line.strip(" \t\r\n,;|\ufeff"):
            return line
        if lines.number > MOST_BLANK:
            raise report.stop("too_many_blank_rows", At(lines.number), limit=MOST_BLANK)
    raise report.stop("empty_file")


def _declared(line: str) -> str:
    """The sign that a line such as `sep=^` names, where it can separate cells; '' otherwise."""
    found = _SEPARATOR.fullmatch(line)
    sign = found.group(2) if found else ""
    return sign if sign not in DELIMITERS and sign.isprintable() and sign not in ('"', "'", " ") else ""


def _split(
    line: str, layouts: Sequence[Columns], delimiters: Sequence[str] = tuple(DELIMITERS)
) -> tuple[str, list[str]]:
    """The delimiter that shows most names of columns, and the cells by it; the comma unless another is proved."""
    names_any = not any(layout.required for layout in layouts)  # then the number of columns has to tell

    def proof(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        columns = len(cells) if names_any and delimiter in _USUAL else 0
        return max(recognised(cells, layout) for layout in layouts), columns

    best = max(delimiters, key=proof)  # the first of equals, which is the comma
    delimiter = best if max(proof(best)) > 1 else ","
    return delimiter, next(csv.reader([line], delimiter=delimiter), [])


def _after_the_preamble(
    lines: Lines, row: int, cells: list[str], layouts: Sequence[Columns], report: Report
) -> tuple[str, list[str]]:
    """The header that comes soon after the first line: the line that names most columns of a layout.

    Raises UnreadableError where there is none, or no layout allows it there.
    """
    allowed = max(layout.form.preamble for layout in layouts)
    for line in islice(lines.single(), _PREAMBLE):
        delimiter, later = _split(line, layouts)
        if any(2 * recognised(later, layout) > len(layout.required) for layout in layouts):
            if lines.number - 1 > allowed:
                raise report.stop("header_not_first", At(lines.number))
            report.add("preamble", At(lines.number), count=lines.number - 1)
            return delimiter, later
    raise report.stop("no_header", At(row), known=", ".join(nearest_layout(cells, layouts).required))


def _records(lines: Lines, delimiter: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """The records with the number of the line each begins on. A record may span lines inside quotation marks."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.begin_record()
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "larger than field limit" in str(error):
                raise report.stop("row_too_long", At(start), limit=csv.field_size_limit()) from None
            spans = lines.number > start or "unexpected end" in str(error)
            raise report.stop("open_quote" if spans else "bad_quote", At(start)) from None
        if lines.number > start and _swallowed_rows(record, delimiter):
            raise report.stop("open_quote", At(start))
        yield start, record


def _swallowed_rows(record: list[str], delimiter: str) -> bool:
    """Whether a cell holds lines that look as the record itself does: rows between two stray quotation marks.

    A line of a text may well begin as the row does, with the year say; so its next cells must look alike too. Where it
    does not begin as the row does, as rows of one state under different items do not, three cells must.
    """
    for place, cell in enumerate(record):
        like = [_shape(one) for one in record[: min(place, _ALIKE)]]
        for line in cell.splitlines()[1:]:
            cells = line.split(delimiter)
            same = cells[0] == record[0] and len(cells) > 1
            if (same or (len(like) == _ALIKE and all(like))) and [_shape(one) for one in cells[: len(like)]] == like:
                return True
    return False


def _shape(cell: str) -> str:
    """What a cell looks like: its letters as `a`, its digits as `0`, whatever else as it is."""
    for pattern, sign in _SHAPES:
        cell = pattern.sub(sign, cell)
    return cell
