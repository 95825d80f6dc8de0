"""What a reader gives, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Columns:
    """The columns of one layout, by code name.

    Attributes:
        required: names that the header must have, in any order.
        optional: names that it may have.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All names of the layout."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its place.

    Attributes:
        number: line of the file (row of the sheet) where it begins; the first line is 1.
        cells: text by code name of the column, outer blanks removed; '' where the cell is empty.
        sheet: name of the sheet; None for files without sheets.
    """

    number: int
    cells: dict[str, str]
    sheet: str | None = None
