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


def read_csv(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The rows of an SDMX-CSV file (1.0 and 2.0); see csv.read for the rest.

    Where a layout passes over columns that it does not name, the action, the multiplier and the status are looked at
    nevertheless.
    """
    seen = [_with_what_stands_beside(layout) for layout in layouts]
    known = frozenset(name for layout in layouts for name in layout.known)
    yield from without_contradictions(csv.read(content, seen, report), known, report)


def _with_what_stands_beside(layout: Columns) -> Columns:
    if not layout.form.ignores_others:
        return layout
    return replace(layout, optional=(*layout.optional, *sorted(_BESIDE - set(layout.known))))


def contradiction(cells: Mapping[str, str], judged: Set[str]) -> tuple[str, str] | None:
    """What stands beside a value and says that it is not what its number says: code of the problem, and the column.

    Args:
        cells: a row.
        judged: columns of which the description itself says what they may hold.
    """
    action, multiplier, status = (
        "" if name in judged else cells.get(name, "") for name in (ACTION, MULTIPLIER, STATUS)
    )
    if action.upper() in DELETES:
        return "sdmx_deletes", ACTION
    if multiplier not in ("", "0"):
        return "unit_multiplied", MULTIPLIER
    if status in MISSING and cells.get(VALUE):
        return "value_and_status", VALUE
    return None


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
        elif hidden := row.cells.keys() & _BESIDE - known:
            yield replace(row, cells={name: text for name, text in row.cells.items() if name not in hidden})
        else:
            yield row
    for (code, column, text, status), where in found.items():
        report.add(code, where[0].at(column), found=text, status=status, rows=span(row.number for row in where))
