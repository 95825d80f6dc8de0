"""CSV as people and spreadsheets write it → rows with their line numbers, one at a time."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from gci.collect.problems import At, Report, UnreadableError
from gci.collect.readers.header import Header, match, nearest_layout, recognised
from gci.collect.readers.rows import Columns, Row
from gci.collect.readers.text import Lines

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_PREAMBLE = 20  # so many lines are looked at for a header that does not come first


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of a CSV file whose header fits one of `layouts`; rows with nothing in them are passed over.

    Problems go to `report`; a row with one is not given. Raises UnreadableError when nothing after it can be trusted.
    """
    lines = Lines(content, report)
    try:
        yield from _rows(lines, layouts, report)
    finally:
        lines.close()


def header_cells(content: BinaryIO) -> list[str]:
    """The cells of the first line by its most frequent delimiter, to tell what a file is. Raises UnreadableError."""
    lines = Lines(content, Report())
    try:
        first = next(lines, "")
        return next(csv.reader([first], delimiter=max(DELIMITERS, key=first.count)), [])
    finally:
        lines.close()


def _rows(lines: Lines, layouts: Sequence[Columns], report: Report) -> Iterator[Row]:
    first = next((line for line in lines.single() if line.strip(" \t\r\n,;\ufeff")), None)
    if first is None:
        raise report.stop("empty_file")
    row = lines.number
    delimiter = _delimiter(first, layouts)
    cells = next(csv.reader([first], delimiter=delimiter))
    if not any(recognised(cells, layout) for layout in layouts):
        raise _without_header(lines, row, cells, layouts, report)
    if delimiter != ",":
        report.add("read_with_delimiter", At(row), found=DELIMITERS[delimiter])
    header = match(cells, row, layouts, report)
    taken = _Taken(header, lines, report)
    for number, record in _records(lines, delimiter, report):
        if (found := taken.row(number, record)) is not None:
            yield found
    if not taken.any:
        raise report.stop("no_rows")


def _delimiter(first: str, layouts: Sequence[Columns]) -> str:
    """The delimiter that shows most names of columns; the comma unless the header proves another."""

    def proof(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter))
        return max(recognised(cells, layout) for layout in layouts)

    best = max(DELIMITERS, key=proof)  # the first of equals, which is the comma
    return best if proof(best) > 1 else ","


def _without_header(
    lines: Lines, row: int, cells: list[str], layouts: Sequence[Columns], report: Report
) -> UnreadableError:
    """Report a file whose first line names no column, and the line soon after that does, if there is one."""
    for line in islice(lines.single(), _PREAMBLE):
        for other in DELIMITERS:
            later = next(csv.reader([line], delimiter=other), [])
            if any(2 * recognised(later, layout) > len(layout.required) for layout in layouts):
                return report.stop("header_not_first", At(lines.number))
    return report.stop("no_header", At(row), known=", ".join(nearest_layout(cells, layouts).required))


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
            spans = lines.number > start or "unexpected end" in str(error)
            raise report.stop("open_quote" if spans else "bad_quote", At(start)) from None
        if lines.number > start and _swallowed_rows(record, delimiter):
            raise report.stop("open_quote", At(start))
        yield start, record


def _swallowed_rows(record: list[str], delimiter: str) -> bool:
    """Whether a cell holds lines that begin as the record itself does: rows between two stray quotation marks."""
    start = record[0] + delimiter
    return any(line.startswith(start) for cell in record for line in chain(cell.splitlines()[1:]))


class _Taken:
    """Turns records into rows by the header.

    Attributes:
        any: whether a record with something in it was seen.
    """

    def __init__(self, header: Header, lines: Lines, report: Report) -> None:
        self.any = False
        self._header = header
        self._places = tuple(header.places.items())
        self._absent = dict.fromkeys(header.missing, "")
        self._named = frozenset(header.places.values())
        self._lines = lines
        self._report = report
        self._extra_said = False

    def row(self, number: int, record: list[str]) -> Row | None:
        """The row, or None where the record is blank or has not the cells of the header."""
        cells = [cell.strip() for cell in record]
        if not any(cells):
            return None
        self.any = True
        header = self._header
        if len(cells) < header.width:
            cut = not self._lines.ended
            self._report.add("cut_off" if cut else "short_row", At(number), found=len(cells), expected=header.width)
            return None
        if len(cells) > len(self._named) and not self._only_blanks_extra(number, cells):
            return None
        return Row(number, {name: cells[index] for name, index in self._places} | self._absent)

    def _only_blanks_extra(self, number: int, cells: list[str]) -> bool:
        """Whether the cells without a name are empty; if not, the row is reported."""
        if any(cell for index, cell in enumerate(cells) if index not in self._named):
            self._report.add("long_row", At(number), found=len(cells), expected=len(self._named))
            return False
        if not self._extra_said:
            self._extra_said = True
            self._report.add("empty_column", At(number))
        return True
