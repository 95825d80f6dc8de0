"""The table of corruptions of audit/draws.parquet, which lies beside the file: each is stopped by one rule alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Drawn:
    """One way to tamper with the draws.

    Attributes:
        name: what was done.
        change: does it; gives None where the file is taken away.
        stopped_by: the checks that must fail, and no other.
    """

    name: str
    change: Callable[[pa.Table], pa.Table | None]
    stopped_by: tuple[str, ...] = ("draws_are_drawn_again",)


def _with(draws: pa.Table, column: str, place: int, value: float) -> pa.Table:
    values = draws[column].to_pylist()
    values[place] = value
    at = draws.schema.get_field_index(column)
    return draws.set_column(at, draws.schema.field(column), pa.array(values, draws.schema.field(column).type))


def _highest(draws: pa.Table) -> int:
    """A draw that is the highest of its state: what lies between its quantiles is as it was when it is made higher."""
    of_state = pc.equal(draws["iso3"], "NAM")
    return pc.index(draws["score"], pc.max(pc.if_else(of_state, draws["score"], -1.0))).as_py()


DRAWN = (
    Drawn(
        "a draw told in another tier", lambda draws: _with(draws, "tier", 0, 5 if draws["tier"][0].as_py() < 5 else 1)
    ),
    Drawn("a score that was not drawn", lambda draws: _with(draws, "score", _highest(draws), 19.75)),
    Drawn("no draws", lambda draws: None),
)
