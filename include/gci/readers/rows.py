"""What a reader gives, whatever the format, and what it is told of the form of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gci.diagnostics.problems import At

_NO_LABELS: dict[str, str] = {}


@dataclass(frozen=True)
class Form:
    """How the rows lie in a file. The defaults are those of a plain table with its header in the first line.

    Attributes:
        encoding: of the text; '' for UTF-8, or UTF-16 where a byte order mark says so.
        delimiter: of a CSV file that is not separated by commas; '' for commas.
        preamble: how many lines may stand before the header.
        header_rows: how many rows the header has; of several the names are joined by ` / `.
        unnamed: name that the first header cell gets where it is empty.
        further: pattern of the names of columns that may come besides, each taken under its own name (years).
        ignores_others: whether columns of other names are passed over; otherwise they are an error.
        repeats_header: whether the header may stand again among the rows, as it does at the top of each printed page.
        passes_over: patterns of the first cell of rows that carry no data (titles of sections, totals).
        says_blanks: whether blanks around texts are reported.
        sheet: name of the sheet; '' for the first one.
        rows_at: where the rows stand in a JSON document, names joined by dots; '' for the document itself.
        total_at: where it says how many rows there are in all; '' where it does not.
        key: fields that tell one row of a JSON document from every other; empty for all of them together.
        longest: most characters of one record of a CSV file.
        texts: pattern of the names of columns with texts of any kind, whose cells may begin as a comment does.
        shapes: name of a column and the pattern of its cells, by which cells that stand elsewhere are recognised.
        as_of: pattern with the groups year, month, day of the text that says of which day the table is.
    """

    encoding: str = ""
    delimiter: str = ""
    preamble: int = 0
    header_rows: int = 1
    unnamed: str = ""
    further: str = ""
    ignores_others: bool = False
    repeats_header: bool = False
    passes_over: tuple[str, ...] = ()
    says_blanks: bool = False
    sheet: str = ""
    rows_at: str = ""
    total_at: str = ""
    key: tuple[str, ...] = ()
    longest: int = 65_536
    as_of: str = ""
    texts: str = ""
    shapes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Columns:
    """The columns of one layout, by code name.

    Attributes:
        required: names that the header must have, in any order.
        optional: names that it may have.
        form: how the rows lie in the file.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    form: Form = field(default=Form())

    @property
    def known(self) -> tuple[str, ...]:
        """All names of the layout."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its place.

    Attributes:
        number: line of the file (row of the sheet, of the table, of the list) where it begins; the first is 1.
        cells: text by code name of the column, outer blanks removed; '' where the cell is empty.
        sheet: name of the sheet; None for files without sheets.
        in_percent: code names of the columns whose number is shown in percent, and stored as a share.
        in_thousands: of those whose number is shown divided by a thousand, or by several.
        labels: code name of a column → how people find it in this row, where its name in the header is not that.
    """

    number: int
    cells: dict[str, str]
    sheet: str | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: _NO_LABELS)
    in_percent: frozenset[str] = frozenset()
    in_thousands: frozenset[str] = frozenset()

    def at(self, column: str | None = None, item: str | None = None) -> At:
        """The place of a cell of this row, for a problem."""
        return At(self.number, None if column is None else self.labels.get(column, column), item, self.sheet)
