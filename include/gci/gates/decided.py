"""The decisions that a file says it was made with: a file alone is held against the seeds as they are decided by it.

Whether these decisions were taken is held against what landed, by rules of their own.
"""

from __future__ import annotations

from pathlib import Path

from gci.core.atomic_file import write_ahead_log
from gci.core.database.warehouse_file import evaluated, reading, rows, tables
from gci.core.errors import GciError
from gci.core.paths import SEEDS
from gci.reference.decided import decided_seeds
from gci.reference.decisions import HEADER, Decision


def seeds_of(database: Path) -> Path:
    """The seeds as they are decided by what a file says; those of the code where what it says can be no decision."""
    try:
        return decided_seeds(decisions_in(database))
    except (ValueError, KeyError):
        return SEEDS


def decisions_in(database: Path) -> tuple[Decision, ...]:
    """The decisions in a file; none where it has no such table, or cannot be read: then a gate says why."""
    import duckdb

    if write_ahead_log(database).exists():
        return ()
    try:
        with reading(database, "held") as connection:
            if evaluated(connection, "held") or "decisions" not in tables(connection, "held"):
                return ()
            listed = rows(connection, "from held.main.decisions order by id")
            return tuple(_decision(row) for row in listed)
    except (duckdb.Error, GciError, KeyError, OSError):
        return ()


def _decision(row: dict[str, object]) -> Decision:
    return Decision(**{name: "" if row[name] is None else str(row[name]) for name in HEADER})
