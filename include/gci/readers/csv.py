"""CSV as people and spreadsheets write it → rows with their line numbers, one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import At, Report, quoted
from gci.readers.body import MOST_BLANK, Body
from gci.readers.header import Header, match, nearest_layout, recognised
from gci.readers.remarks import Remarks, is_comment, is_separator_line
from gci.readers.row_names import refuse_row_names
from gci.readers.rows import Columns, Row
from gci.readers.text import Lines

DELIMITERS = {",": Phrase("commas"), ";": Phrase("semicolons"), "\t": Phrase("tabs"), "|": Phrase("vertical bars")}
_USUAL = (",", ";", "\t")
_ALIKE = 3  # cells
_PREAMBLE = 20  # so many lines are looked at for a header that does not come first
_MARKS_BEFORE = "\ufeff#/*!<>%- \t"  # of a comment
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
    report = Report()
    lines = Lines(content, report)
    try:
        first = _first_line(lines, Remarks(report), lambda _: False, report)
        delimiter = max(_USUAL, key=first.count)
        return next(csv.reader([first], delimiter=delimiter if delimiter in first else "|"), [])
    finally:
        lines.close()


def _rows(lines: Lines, layouts: Sequence[Columns], report: Report) -> Iterator[Row]:
    remarks = Remarks(report)
    try:
        header = _header(lines, layouts, remarks, report)
        body = Body(header[1], report)
        records = _records(lines, header[0], remarks, report, comments=not _is_text(header[1]))
        for number, record, cut in refuse_row_names(records, header[1], report):
            if (found := body.row(number, record, cut=cut)) is not None:
                yield found
        body.finish()
    finally:
        remarks.say()


def _header(lines: Lines, layouts: Sequence[Columns], remarks: Remarks, report: Report) -> tuple[str, Header]:
    """The delimiter, and the header. Raises UnreadableError."""

    def names_columns(line: str) -> bool:
        cells = _split(line.lstrip(_MARKS_BEFORE), layouts)[1]
        return any(2 * recognised(cells, layout) > len(layout.required) > 0 for layout in layouts)

    first = _first_line(lines, remarks, names_columns, report)
    row = lines.number
    signs = dict.fromkeys((*DELIMITERS, *remarks.signs))
    delimiter, cells = _split(first, layouts, tuple(signs))
    if not any(recognised(cells, layout) or not layout.required for layout in layouts):
        delimiter, cells = _after_the_preamble(lines, row, cells, layouts, report)
    if delimiter not in {layout.form.delimiter or "," for layout in layouts}:
        named = DELIMITERS.get(delimiter) or quoted(delimiter)
        report.add("read_with_delimiter", At(lines.number), found=named)
    return delimiter, match(cells, lines.number, layouts, report)


def _first_line(lines: Lines, remarks: Remarks, is_header: Callable[[str], bool], report: Report) -> str:
    """The next line with something in it that is no remark. Raises UnreadableError where none comes."""
    for line in lines.single():
        if line.strip(" \t\r\n,;|\ufeff") and (is_header(line) or not remarks.has(line, lines.number)):
            return line
        if lines.number > MOST_BLANK:
            raise report.stop("too_many_blank_rows", At(lines.number), limit=MOST_BLANK)
    raise report.stop("empty_file")


def _is_text(header: Header) -> bool:
    """Whether the first column has texts that may begin with any sign, also with that of a comment."""
    texts = header.layout.form.texts
    return bool(texts) and any(re.fullmatch(texts, name) for name, place in header.places.items() if place == 0)


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


def _records(
    lines: Lines, delimiter: str, remarks: Remarks, report: Report, *, comments: bool
) -> Iterator[tuple[int, list[str], bool]]:
    """The records with the number of the line each begins on, and whether the file ends within them.

    A record may span lines inside quotation marks. Lines that are no rows are passed over, and said; `comments` is
    whether those that begin as a comment does are such.
    """
    reader = csv.reader(_of_rows(lines, remarks, comments=comments), delimiter=delimiter, strict=True)
    while True:
        lines.begin_record()
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            start = lines.record_start
            if "larger than field limit" in str(error):
                raise report.stop("row_too_long", At(start), limit=csv.field_size_limit()) from None
            spans = lines.number > start or "unexpected end" in str(error)
            raise report.stop("open_quote" if spans else "bad_quote", At(start)) from None
        start = lines.record_start
        if lines.number > start and _swallowed_rows(record, delimiter):
            raise report.stop("open_quote", At(start))
        if comments and record and is_comment(record[0]):
            remarks.comment(delimiter.join(record), start)
        else:
            yield start, record, not lines.ended


def _of_rows(lines: Lines, remarks: Remarks, *, comments: bool) -> Iterator[str]:
    """The lines but for those that are no rows, which a quotation mark in them would make rows of."""
    for line in lines:
        is_first = lines.number == lines.record_start
        if is_first and (comments or is_separator_line(line)) and remarks.has(line, lines.number):
            lines.begin_record()
        else:
            yield line


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
