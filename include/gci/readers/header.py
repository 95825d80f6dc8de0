"""The header of a table: which layout it is, and which cell of a row is which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from gci.diagnostics.problems import At, Report, UnreadableError, quoted, span
from gci.readers.invisible import MARKS
from gci.readers.rows import Columns

# What programs call a column without a name (pandas, R, readr, data.table, Spark, Excel, Polars), and the numbers of
# rows (SAS, Stata, SPSS, people).
_NAMELESS = re.compile(
    r"Unnamed: ?\d+([._]\w+)*|\.{3}\d+|X(\.?\d+)?|V\d+|_c\d+|column_?\d+|index|level_\d+|rn|obs\.?|_n|\$casenum|#|№"
    r"|row[_. ]?(names?|nr|num(ber)?|id|index)?|n[or°º]\.?|s/?no?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """The columns of a table by their place.

    Attributes:
        places: code name of the column → index of its cell, for the columns that are there.
        width: number of cells with a name, up to the last of them.
        cells: number of cells in the header, those without a name included.
        missing: optional columns that are not there.
        layout: the layout that it is.
        row: its row; of several the last.
    """

    places: dict[str, int]
    width: int
    cells: int
    missing: tuple[str, ...]
    layout: Columns
    row: int = 1


def plain(cell: str) -> str:
    """A header cell without blanks and invisible marks around it."""
    return cell.strip().strip(MARKS).strip()


def labels(cells: Sequence[str], layout: Columns) -> list[str]:
    """The header cells as names; the first one, where it is empty, as the layout calls it."""
    names = [plain(cell) for cell in cells]
    if names and not names[0] and layout.form.unnamed:
        names[0] = layout.form.unnamed
    return names


def recognised(cells: Sequence[str], layout: Columns) -> int:
    """How many columns of the layout these cells name, upper or lower case."""
    return len({label.casefold() for label in labels(cells, layout)} & {name.casefold() for name in layout.known})


def complete(cells: Sequence[str], layout: Columns) -> bool:
    """Whether these cells name every column that the layout requires."""
    return {name.casefold() for name in layout.required} <= {label.casefold() for label in labels(cells, layout)}


def nearest_layout(cells: Sequence[str], layouts: Sequence[Columns]) -> Columns:
    """The layout that the header fits best: most columns recognised, then fewest missing, then the first."""
    return max(layouts, key=lambda layout: (recognised(cells, layout), -len(layout.required)))


def match(cells: Sequence[str], row: int, layouts: Sequence[Columns], report: Report) -> Header:
    """The columns of a table from its header cells. Raises UnreadableError, all reported, when they are not right."""
    layout = nearest_layout(cells, layouts)
    places: dict[str, int] = {}
    strangers: list[str] = []
    wrong = False
    for index, label in enumerate(labels(cells, layout)):
        name = _name(label, layout)
        if name is None:
            strangers += [label] if label and not layout.form.ignores_others else []
        elif name in places:
            report.add("column_twice", At(row, label), found=quoted(label))
            wrong = True
        else:
            places[name] = index
            report.labels[name] = label
            if label != name:
                report.add("header_case", At(row, name), found=quoted(label), expected=quoted(name))
    missing = [name for name in layout.required if name not in places]
    nameless = [label for label in strangers if _NAMELESS.fullmatch(label) and not _further(label, layout)]
    if strangers == nameless and nameless and not (missing or wrong):
        raise report.stop("column_without_name", At(row, nameless[0]), rows=span([row]))
    if strangers or missing or wrong:
        _say_what_is_wrong(strangers, missing, layout, row, report)
        raise UnreadableError
    width = max(places.values()) + 1
    return Header(places, width, len(cells), tuple(name for name in layout.optional if name not in places), layout, row)


def _name(label: str, layout: Columns) -> str | None:
    """The code name of a column from its label; None for a stranger."""
    for name in layout.known:
        if name.casefold() == label.casefold():
            return name
    return label if layout.form.further and re.fullmatch(layout.form.further, label) else None


def _further(label: str, layout: Columns) -> str:
    """The name of a further column that a label has in it, such as the year in `X2019`, `YR2019` or `2019 [a]`."""
    found = re.search(layout.form.further, label) if layout.form.further else None
    return found[0] if found else ""


def _say_what_is_wrong(strangers: list[str], missing: list[str], layout: Columns, row: int, report: Report) -> None:
    """Report unknown and missing columns; a misspelt one is reported once, as what it is."""
    wanted = {name.casefold(): name for name in missing}
    every = {name.casefold(): name for name in layout.known}
    for stranger in strangers:
        low = stranger.casefold()
        near = get_close_matches(low, wanted, 1) or get_close_matches(low, every, 1, cutoff=0)
        nearest = _further(stranger, layout) or every[near[0]]
        if get_close_matches(low, wanted, 1):
            del wanted[near[0]]
        report.add("unknown_column", At(row, stranger), found=quoted(stranger), nearest=quoted(nearest))
    for name in wanted.values():
        report.add("missing_column", At(row, name), found=quoted(name))
