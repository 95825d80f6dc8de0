"""Names or numbers of rows that a program has written before the first column, with no name above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gci.diagnostics.problems import At, Report, UnreadableError, span
from gci.readers.header import Header

Record = tuple[int, list[str], bool]
"""The line that a record begins on, its cells, and whether the file ends in the middle of it."""

_LOOKED_AT = 10  # records with something in them; the others are as these
_MOST_BLANK = 200
_MOST_LEVELS = 3  # columns before the first one: an index of several levels has some
_NUMBER = re.compile(r"\d+", re.ASCII)
_SPLIT_IN_TWO = re.compile(r"[-+]?\d+\0\d[^\0]*", re.ASCII)  # two cells that may have been one, such as 0 and 5


def refuse_row_names(records: Iterator[Record], header: Header, report: Report) -> Iterator[Record]:
    """The same records. Raises UnreadableError when the first ones show that names of rows stand before the columns."""
    head: list[Record] = []
    failed: UnreadableError | None = None
    try:
        for record in records:
            head.append(record)
            if len(_filled(head)) == _LOOKED_AT or len(head) == _MOST_BLANK:
                break
    except UnreadableError as error:  # it comes after what was read before it
        failed = error
    there = _filled(head)
    if there and are_before([cells for _, cells, _ in there], header):
        raise report.stop("column_without_name", At(header.row), rows=span(number for number, _, _ in there))
    yield from head
    if failed is not None:
        raise failed
    yield from records


def are_before(rows: Sequence[Sequence[str]], header: Header) -> bool:
    """Whether the cells of all rows stand further on than their columns, and what is before them tells rows apart."""
    surplus = {len(cells) - header.cells for cells in rows}
    by = surplus.pop()
    if surplus or not 0 < by <= _MOST_LEVELS or header.cells < 2:
        return False
    places = header.places
    shapes = [(places[name], re.compile(shape)) for name, shape in header.layout.form.shapes if name in places]
    if shapes:
        as_named, further_on = ([_fits(cells, shapes, step) for cells in rows] for step in (0, by))
        if any(as_named) or all(further_on):
            return not any(as_named)
    return _look_like_names(rows, by)


def _look_like_names(rows: Sequence[Sequence[str]], by: int) -> bool:
    """Whether the first cells are each another, and the others were not made by a comma within a number or a text."""
    first = [tuple(cell.strip() for cell in cells[:by]) for cells in rows]
    if len(set(first)) < len(rows):
        return False
    numbers = [int(names[-1]) for names in first if _NUMBER.fullmatch(names[-1])]
    if len(numbers) == len(rows) and numbers == list(range(numbers[0], numbers[0] + len(rows))):
        return len(rows) > 1 or numbers[0] < 2
    is_filled = any(any(map(str.strip, cells[-by:])) for cells in rows)
    return len(rows) > 1 and is_filled and not any(_is_split(cells[by:]) for cells in rows)


def _is_split(cells: Sequence[str]) -> bool:
    return any(cell.startswith(" ") for cell in cells) or any(
        _SPLIT_IN_TWO.fullmatch(f"{cell}\0{beside}") for cell, beside in pairwise(cells)
    )


def _fits(cells: Sequence[str], shapes: Iterable[tuple[int, re.Pattern[str]]], step: int) -> bool:
    return all(shape.fullmatch(cells[place + step].strip()) for place, shape in shapes)


def _filled(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if any(map(str.strip, record[1]))]
