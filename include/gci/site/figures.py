"""How a figure stands on a page: marked with the cell of the file that it is, so that it can be read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from gci.site.content import Content, Row
from gci.site.read_back import KEYS, OF_DATA, place
from gci.site.texts import number


class Mark(NamedTuple):
    """A figure as a chart draws it: its value, where it is drawn, and the cell that it is."""

    value: float
    x: str
    cell: Markup


@dataclass(frozen=True)
class Figures:
    """Writes the figures of one edition in one language."""

    content: Content
    language: str

    def figure(self, row: Row, table: str, column: str, digits: int = 2, signed: bool = False) -> Markup:
        """A figure of a row of a table.

        Args:
            row: the row, with the columns of the table's key.
            table: the table.
            column: the column.
            digits: how many decimals are shown.
            signed: whether a gain is shown with its plus.

        Returns:
            The figure as HTML. A dash where there is none, or where what was printed is no value.
        """
        if column in OF_DATA.get(table, ()) and self.content.without_data(row["iso3"]):
            return Markup('<span class="missing">–</span>')
        cell, value = _cell(row, table, column), row[column]
        if value is None:
            return Markup(f'<data value="" data-cell="{cell}" class="missing">–</data>')  # noqa: S704
        sign = "+" if signed and round(value, digits) > 0 else ""
        shown = number(value, digits, self.language)
        # Escaped by hand where it can hold anything: a page has some hundred figures, and Markup.format takes its time.
        return Markup(  # noqa: S704
            f'<bdi dir="ltr">{sign}<data value="{float(value)!r}" data-cell="{cell}" data-digits="{digits}">{shown}'
            "</data></bdi>"
        )

    def cell(self, row: Row, table: str, column: str) -> Markup:
        """What a cell says in digits that are no number to be rounded: a fraction, the name of an edition."""
        if row[column] is None:
            return Markup('<span class="missing">–</span>')
        cell = _cell(row, table, column)
        return Markup('<data value="{0}" data-cell="{1}" data-digits="text">{0}</data>').format(row[column], cell)

    def mark(self, row: Row, table: str, column: str) -> Mark:
        """Where a figure from 0 to 100 is drawn, and which cell it is."""
        return Mark(row[column], place(row[column]), _cell(row, table, column))

    def rows_of(self, table: str, count: int, of: str = "") -> Markup:
        """How many rows a table has of this edition; or of another value of the column that they are counted by."""
        shown = number(count, 0, self.language)
        cell = escape(f"{table}.#:{of or self.content.name}")
        told = f'<data value="{float(count)!r}" data-cell="{cell}" data-digits="0">{shown}</data>'
        return Markup(told)  # noqa: S704


def _cell(row: Row, table: str, column: str) -> Markup:
    return escape(f"{table}.{column}:" + ",".join(str(row[name]) for name in KEYS[table]))
