"""How a figure stands on a page: marked with the cell of the file that it is, so that it can be read back."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gci.site.content import Content, Row
from gci.site.read_back import KEYS
from gci.site.texts import number

_OF_DATA = {
    "overall_scores": {"score", "rank", "tier"},
    "pillar_scores": {"score"},
    "indicator_scores": {"score", "points"},
    "answers": {"answer", "points"},
}
"""Columns that say nothing where there is no data for the state."""


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
        if column in _OF_DATA.get(table, ()) and self.content.without_data(row["iso3"]):
            return Markup('<span class="missing">–</span>')
        cell = f"{table}.{column}:" + ",".join(str(row[name]) for name in KEYS[table])
        value = row[column]
        if value is None:
            return Markup('<data value="" data-cell="{}" class="missing">–</data>').format(cell)
        sign = Markup('<span class="plus">+</span>') if signed and round(value, digits) > 0 else ""
        return sign + Markup('<data value="{}" data-cell="{}" data-digits="{}">{}</data>').format(
            repr(float(value)), cell, digits, number(value, digits, self.language)
        )
