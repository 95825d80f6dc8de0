"""The header of a table: which layout it is, and which cell of a row is which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from gci.collect.problems import At, Report, UnreadableError, quoted
from gci.collect.readers.rows import Columns

_INVISIBLE = "\ufeff\u200b\u200e\u200f"  # a second byte order mark, marks of direction


@dataclass(frozen=True)
class Header:
    """The columns of a table by their place.

    Attributes:
        places: code name of the column → index of its cell, for the columns that are there.
        width: number of cells with a name, up to the last of them.
        cells: number of cells in the header, those without a name included.
        missing: optional columns that are not there.
    """

    places: dict[str, int]
    width: int
    cells: int
    missing: tuple[str, ...]


def plain(cell: str) -> str:
    """A header cell without blanks and invisible marks around it."""
    return cell.strip().strip(_INVISIBLE).strip()


def recognised(cells: Sequence[str], layout: Columns) -> int:
    """How many columns of the layout these cells name, upper or lower case."""
    return len({plain(cell).casefold() for cell in cells} & {name.casefold() for name in layout.known})


def nearest_layout(cells: Sequence[str], layouts: Sequence[Columns]) -> Columns:
    """The layout that the header fits best: most columns recognised, then fewest missing, then the first."""
    return max(layouts, key=lambda layout: (recognised(cells, layout), -len(layout.required)))


def match(cells: Sequence[str], row: int, layouts: Sequence[Columns], report: Report) -> Header:
    """The columns of a table from its header cells. Raises UnreadableError, all reported, when they are not right."""
    layout = nearest_layout(cells, layouts)
    by_name = {name.casefold(): name for name in layout.known}
    places: dict[str, int] = {}
    strangers: list[str] = []
    wrong = False
    for index, cell in enumerate(cells):
        label = plain(cell)
        name = by_name.get(label.casefold())
        if name is None:
            strangers += [label] if label else []
        elif name in places:
            report.add("column_twice", At(row, label), found=quoted(label))
            wrong = True
        else:
            places[name] = index
            report.labels[name] = label
            if label != name:
                report.add("header_case", At(row, name), found=quoted(label), expected=quoted(name))
    missing = [name for name in layout.required if name not in places]
    if strangers or missing or wrong:
        _say_what_is_wrong(strangers, missing, layout, row, report)
        raise UnreadableError
    width = max(places.values()) + 1
    return Header(places, width, len(cells), tuple(name for name in layout.optional if name not in places))


def _say_what_is_wrong(strangers: list[str], missing: list[str], layout: Columns, row: int, report: Report) -> None:
    """Report unknown and missing columns; a misspelt one is reported once, as what it is."""
    wanted = {name.casefold(): name for name in missing}
    every = {name.casefold(): name for name in layout.known}
    for stranger in strangers:
        low = stranger.casefold()
        near = get_close_matches(low, wanted, 1) or get_close_matches(low, every, 1, cutoff=0)
        nearest = every[near[0]]
        if get_close_matches(low, wanted, 1):
            del wanted[near[0]]
        report.add("unknown_column", At(row, stranger), found=quoted(stranger), nearest=quoted(nearest))
    for name in wanted.values():
        report.add("missing_column", At(row, name), found=quoted(name))
