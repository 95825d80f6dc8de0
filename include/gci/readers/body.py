"""The records of a table below its header → rows; what is no data in them is passed over and said once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gci.diagnostics.problems import At, Report, quoted, span
from gci.readers.header import Header, labels
from gci.readers.rows import Row

MOST_BLANK = 2_000_000  # rows with nothing in them: twice as many as a sheet has


class Body:
    """Turns records into rows by the header.

    Attributes:
        any: whether a record with something in it was seen.
    """

    def __init__(self, header: Header, report: Report, sheet: str | None = None) -> None:
        self.any = False
        self._header = header
        self._places = tuple(header.places.items())
        self._absent = dict.fromkeys(header.missing, "")
        self._named = frozenset(header.places.values())
        self._report = report
        self._sheet = sheet
        self._form = header.layout.form
        self._extra_said = False
        self._blank = 0
        self._nameless: list[int] = []
        self._no_data = [re.compile(pattern) for pattern in self._form.passes_over]
        self._said: dict[tuple[str, str], list[int]] = {}

    def row(self, number: int, record: Sequence[str], *, cut: bool = False) -> Row | None:
        """The row, or None where the record carries no data or has not the cells of the header.

        Args:
            number: line or row of the file.
            record: its cells.
            cut: whether the file ends in the middle of this record.
        """
        cells = [cell.strip() for cell in record]
        if not any(cells):
            self._blank += 1
            if self._blank > MOST_BLANK:
                raise self._report.stop("too_many_blank_rows", self._at(number), limit=MOST_BLANK)
            return None
        self.any = True
        header = self._header
        if self._is_no_data(number, cells):
            return None
        if len(cells) < header.width:
            self._report.add(
                "cut_off" if cut else "short_row", self._at(number), found=len(cells), expected=header.width
            )
            return None
        if len(cells) > len(self._named) and not self._only_blanks_extra(number, cells):
            return None
        if self._form.says_blanks and any(map(str.__ne__, cells, record)):
            self._said.setdefault(("outer_blanks", ""), []).append(number)
        return Row(number, {name: cells[index] for name, index in self._places} | self._absent, self._sheet)

    def finish(self) -> None:
        """Report what many records had in common, once with all their rows. Raises UnreadableError without any."""
        for (code, found), numbers in self._said.items():
            self._report.add(code, self._at(numbers[0]), rows=span(numbers), found=quoted(found), count=len(numbers))
        if self._nameless:
            raise self._report.stop("column_without_name", self._at(self._header.row), rows=span(self._nameless))
        if not self.any:
            raise self._report.stop("no_rows")

    def _is_no_data(self, number: int, cells: list[str]) -> bool:
        """Whether the record is the header again, or one of the rows that the layout says carry no data."""
        first = next(filter(None, cells))
        if any(pattern.fullmatch(first) for pattern in self._no_data):
            self._said.setdefault(("row_passed_over", first), []).append(number)
            return True
        if not self._form.repeats_header:
            return False
        names = labels(cells, self._header.layout)
        if len(names) < self._header.width:
            return False
        if all(names[index].casefold() == name.casefold() for name, index in self._places):
            self._said.setdefault(("header_repeated", ""), []).append(number)
            return True
        return False

    def _only_blanks_extra(self, number: int, cells: list[str]) -> bool:
        """Whether the cells without a name are empty; if not, the row is reported."""
        if self._form.ignores_others and len(cells) <= self._header.cells:
            return True
        extra = [index for index, cell in enumerate(cells) if cell and index not in self._named]
        if extra and max(extra) < self._header.cells:
            self._nameless.append(number)
            return True
        if extra:
            self._report.add("long_row", self._at(number), found=len(cells), expected=len(self._named))
            return False
        if not self._extra_said:
            self._extra_said = True
            self._report.add("empty_column", self._at(number))
        return True

    def _at(self, number: int) -> At:
        return At(number, None, None, self._sheet)
