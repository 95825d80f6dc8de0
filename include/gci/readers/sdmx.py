"""What SDMX says beside a value, and a description may not ask for: it is looked at all the same."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import BinaryIO

from gci.diagnostics.problems import Report, quoted, span
from gci.readers import csv
from gci.readers.rows import Columns, Row

MISSING = frozenset(("H", "L", "M", "O", "Q"))
"""The codes of CL_OBS_STATUS that say that there is no value."""
DELETES = frozenset(("D", "DELETE"))
ACTION, MULTIPLIER, STATUS, VALUE = "ACTION", "UNIT_MULT", "OBS_STATUS", "OBS_VALUE"
_BESIDE = frozenset((ACTION, MULTIPLIER, STATUS))
_UNASKED = _BESIDE - {STATUS}  # the status also says why a value is not there


def read_csv(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of an SDMX-CSV file (1.0 and 2.0); see csv.read for the rest.

    Where a layout passes over columns that it does not name, the action, the multiplier and the status are looked at
    nevertheless.
    """
    seen = [with_what_stands_beside(layout) for layout in layouts]
    known = frozenset(name for layout in layouts for name in layout.known)
    yield from without_contradictions(csv.read(content, seen, report), known, report)


def with_what_stands_beside(layout: Columns) -> Columns:
    """The layout; where it passes over columns of other names, with the action, the multiplier and the status."""
    if not layout.form.ignores_others:
        return layout
    return replace(layout, optional=(*layout.optional, *sorted(_BESIDE - set(layout.known))))


def says_missing(status: str) -> bool:
    """Whether a status of CL_OBS_STATUS says that there is no value; in any case, also with its label behind it."""
    return _code(status) in MISSING


def contradiction(cells: Mapping[str, str], judged: Set[str]) -> tuple[str, str] | None:
    """What stands beside a value and says that it is not what its number says: code of the problem, and the column.

    Args:
        cells: a row.
        judged: columns of which the description itself says what they may hold.
    """
    action, multiplier, status = (
        "" if name in judged else _code(cells.get(name, "")) for name in (ACTION, MULTIPLIER, STATUS)
    )
    if action in DELETES:
        return "sdmx_deletes", ACTION
    if multiplier not in ("", "0", "0.0"):
        return "unit_multiplied", MULTIPLIER
    if says_missing(status) and cells.get(VALUE):
        return "value_and_status", VALUE
    return None


def _code(cell: str) -> str:
    """The code of a cell that may have its label behind it (`M: Missing value`), in capitals."""
    return cell.partition(":")[0].strip().upper()


def without_contradictions(rows: Iterable[Row], known: frozenset[str], report: Report) -> Generator[Row, None, None]:
    """The rows whose columns that the description does not know say nothing against their values, without these.

    Args:
        rows: with what stands beside their values.
        known: the columns that the description names.
        report: takes the problems.
    """
    found: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        if (against := contradiction(row.cells, known)) is not None:
            words = (quoted(row.cells[against[1]]), quoted(row.cells.get(STATUS, "")))
            found.setdefault((*against, *words), []).append(row)
        elif hidden := row.cells.keys() & _UNASKED - known:
            yield replace(row, cells={name: text for name, text in row.cells.items() if name not in hidden})
        else:
            yield row
    for (code, column, text, status), where in found.items():
        report.add(code, where[0].at(column), found=text, status=status, rows=span(row.number for row in where))
