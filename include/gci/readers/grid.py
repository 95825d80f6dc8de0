"""A sheet or a table of a page, as rows of cells → rows with their place. What it has in common with CSV is in body."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

from gci.diagnostics.problems import At, Report, UnreadableError, quoted, span
from gci.readers.addresses import address_of, column_letters
from gci.readers.body import Body
from gci.readers.header import Header, complete, match, nearest_layout, recognised
from gci.readers.rows import Columns, Row

_LOOKED_AT = 20  # rows in which a header is looked for


@dataclass(frozen=True)
class Span:
    """A cell that covers several: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells.

    Attributes:
        cells: rows of texts; the first row is number 1 of its sheet or table.
        spans: the cells that cover several; their text stands in the first of these.
        sheet: name of the sheet, where there is one.
        never_calculated: row and column, from 0, of cells with a formula whose result was never stored.
        textless: of cells that show something other than a text: a picture, a box to tick.
        flawed: of cells of which it cannot be told whether what is stored in them counts → the code of the problem.
        in_percent: of cells whose number is shown a hundred times as large, with a percent sign.
        in_thousands: of cells whose number is shown divided by a thousand, or by several.
        hidden: rows, from 0, that do not show.
        hidden_columns: first and last of columns, from 0, that do not show.
    """

    cells: Sequence[Sequence[str]]
    spans: Sequence[Span] = field(default=())
    sheet: str | None = None
    never_calculated: Set[tuple[int, int]] = frozenset()
    textless: Set[tuple[int, int]] = frozenset()
    flawed: Mapping[tuple[int, int], str] = field(default_factory=dict)
    in_percent: Set[tuple[int, int]] = frozenset()
    in_thousands: Set[tuple[int, int]] = frozenset()
    hidden: Set[int] = frozenset()
    hidden_columns: Sequence[tuple[int, int]] = field(default=())


def rows_of(grid: Grid, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows below the header that fits one of `layouts`. Raises UnreadableError when there is none."""
    start, height, names = _header(grid, layouts, report)
    _refuse_uncalculated(grid, range(start, start + height), report)
    header = match(names, start + height, layouts, report)
    body = Body(header, report, grid.sheet)
    rows, spanned = _filled(grid, start + height, set(header.places.values()))
    taken = []
    for number, record in enumerate(rows, start + height + 1):
        found = body.row(number, record)
        if (found is not None or not any(record)) and not _in_texts(grid, number, header, report):
            continue
        if found is not None:
            taken.append(number)
            yield _with_scales(found, number - 1, header, grid)
    if said := spanned.intersection(taken):
        report.add("cell_spanned", At(min(said), None, None, grid.sheet), rows=span(said))
    if said := {number for number in taken if number - 1 in grid.hidden}:
        report.add("rows_not_shown", At(min(said), None, None, grid.sheet), rows=span(said))
    _say_hidden_columns(grid, header, report)
    body.finish()


def _with_scales(row: Row, line: int, header: Header, grid: Grid) -> Row:
    """The row, told which of its numbers are shown on another scale than they are stored on."""
    if not (grid.in_percent or grid.in_thousands):
        return row
    percent, thousands = (
        frozenset(name for name, column in header.places.items() if (line, column) in there)
        for there in (grid.in_percent, grid.in_thousands)
    )
    return replace(row, in_percent=percent, in_thousands=thousands) if percent or thousands else row


def _say_hidden_columns(grid: Grid, header: Header, report: Report) -> None:
    names = [name for name, at in header.places.items() if any(a <= at <= b for a, b in grid.hidden_columns)]
    if names:
        report.add("columns_not_shown", At(header.row, names[0], None, grid.sheet), found=", ".join(map(quoted, names)))


def _refuse_uncalculated(grid: Grid, header: range, report: Report) -> None:
    """Raises UnreadableError where the name of a column is a formula without a result."""
    if missing := sorted(place for place in grid.never_calculated if place[0] in header):
        for row, column in missing:
            report.add("formula_not_calculated", At(row + 1, column_letters(column + 1), None, grid.sheet))
        raise UnreadableError


def _in_texts(grid: Grid, number: int, header: Header, report: Report) -> bool:
    """Whether what the named columns of a row show stands in their texts, which is reported where it does not.

    What a formula without a result shows does not, nor does a picture.
    """
    right = True
    for code, places in (("formula_not_calculated", grid.never_calculated), ("cell_without_text", grid.textless)):
        for name in [name for name, column in header.places.items() if places and (number - 1, column) in places]:
            report.add(code, At(number, name, None, grid.sheet))
            right = False
    for name, column in header.places.items() if grid.flawed else ():
        if (flaw := grid.flawed.get((number - 1, column))) is not None:
            report.add(flaw, At(number, name, None, grid.sheet), found=address_of((number, column + 1)))
            right = False
    return right


def _filled(grid: Grid, start: int, named: set[int]) -> tuple[list[list[str]], set[int]]:
    """The rows from `start` on, with the text of a cell that covers several at each named column that it covers.

    Also the numbers of the rows that such a cell gave a text to.
    """
    rows = [list(record) for record in grid.cells[start:]]
    numbers: set[int] = set()
    for one in grid.spans:
        text = next(iter(grid.cells[one.top][one.left : one.left + 1]), "") if one.top < len(grid.cells) else ""
        if one.top < start or not text.strip():
            continue
        for number, row in enumerate(rows[one.top - start : one.bottom - start + 1], one.top + 1):
            for column in range(one.left, min(one.right + 1, len(row))):
                if column in named and not row[column]:
                    row[column] = text
                    numbers.add(number)
    return rows, numbers


def as_text(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _header(grid: Grid, layouts: Sequence[Columns], report: Report) -> tuple[int, int, list[str]]:
    """Where the header begins (from 0), how many rows it has, and its names."""
    there = [index for index, record in enumerate(grid.cells) if any(map(str.strip, record))]
    if not there:
        raise report.stop("empty_file", At(sheet=grid.sheet))
    best: tuple[int, int, list[str]] | None = None
    for index, layout in _places(there, layouts):
        height = layout.form.header_rows
        names = _names(grid, index, height)
        if complete(names, layout) or (best is None and 2 * recognised(names, layout) > len(layout.required)):
            best = (index, height, names)
            if complete(names, layout):
                break
    if best is None:
        known = ", ".join(nearest_layout(grid.cells[there[0]], layouts).required)
        raise report.stop("no_header", At(there[0] + 1, None, None, grid.sheet), known=known)
    _say_how(grid, *best, layouts=layouts, report=report)
    return best


def _places(there: Sequence[int], layouts: Sequence[Columns]) -> Iterator[tuple[int, Columns]]:
    for index in there[:_LOOKED_AT]:
        for layout in layouts:
            yield index, layout


def _names(grid: Grid, index: int, height: int) -> list[str]:
    """The names of a header of one or more rows; of several, what stands above is joined to what stands below it."""
    if height == 1:
        return list(grid.cells[index])
    width = max(map(len, grid.cells))
    above = []
    for row in range(index, index + height):
        cells = [*grid.cells[row], *[""] * width][:width] if row < len(grid.cells) else [""] * width
        for one in grid.spans:
            if one.top == row and one.bottom < index + height - 1:
                cells[one.left : one.right + 1] = [cells[one.left]] * (one.right - one.left + 1)
        above.append(cells)
    return [
        " / ".join(dict.fromkeys(text for cell in column if (text := cell.strip())))
        for column in zip(*above, strict=True)
    ]


def _say_how(
    grid: Grid, index: int, height: int, names: list[str], *, layouts: Sequence[Columns], report: Report
) -> None:
    """Report rows above the header, and header cells that cover several columns or rows."""
    at = At(index + 1, None, None, grid.sheet)
    if index > nearest_layout(names, layouts).form.preamble:
        raise report.stop("header_not_first", at)
    if index:
        report.add("preamble", at, count=index)
    if any(index <= one.top < index + height for one in grid.spans):
        report.add("header_merged", at)
