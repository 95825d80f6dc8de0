"""The table of corruptions of what lies in audit/ beside the file: each is stopped by one rule alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from gci.audit.stage import DRAWS, PAIRS


@dataclass(frozen=True)
class Drawn:
    """One way to tamper with the draws, or with the pairs that are counted in them.

    Attributes:
        name: what was done.
        change: does it; gives None where the file is taken away.
        stopped_by: the checks that must fail, and no other.
        file: which of the files is changed.
    """

    name: str
    change: Callable[[pa.Table], pa.Table | None]
    stopped_by: tuple[str, ...] = ("draws_are_drawn_again",)
    file: str = DRAWS


def _with(draws: pa.Table, column: str, place: int, value: float) -> pa.Table:
    values = draws[column].to_pylist()
    values[place] = value
    at = draws.schema.get_field_index(column)
    return draws.set_column(at, draws.schema.field(column), pa.array(values, draws.schema.field(column).type))


def _with_higher(draws: pa.Table) -> pa.Table:
    """The highest draw of a state made higher: no share and no quantile of it moves."""
    place = pc.index(draws["score"], pc.max(pc.if_else(pc.equal(draws["iso3"], "NAM"), draws["score"], -1.0))).as_py()
    return _with(draws, "score", place, draws["score"][place].as_py() + 0.5)


def _with_another_edition(draws: pa.Table) -> pa.Table:
    """The first draws once more, as those of an edition that the file is not about."""
    more = draws.slice(0, 100)
    at = draws.schema.get_field_index("edition")
    editions = pa.array(["1999"] * len(more), pa.string()).cast(draws.schema.field(at).type)
    return pa.concat_tables([draws, more.set_column(at, draws.schema.field(at), editions)])


DRAWN = (
    Drawn(
        "a draw told in another tier", lambda draws: _with(draws, "tier", 0, 5 if draws["tier"][0].as_py() < 5 else 1)
    ),
    Drawn("a score that was not drawn", _with_higher),
    Drawn("no draws", lambda draws: None),
    Drawn("draws of another edition among them", _with_another_edition),
    Drawn(
        "a pair surer of its order than it is",
        lambda pairs: _with(pairs, "probability", 0, 1.0 - pairs["probability"][0].as_py()),
        ("pairs_are_counted_again",),
        PAIRS,
    ),
    Drawn("no pairs", lambda pairs: None, ("pairs_are_counted_again",), PAIRS),
)
