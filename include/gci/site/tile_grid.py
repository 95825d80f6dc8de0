"""The map on which every state is one square of the same size, and no border is drawn."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_GRID = Path(__file__).with_name("tile_grid.csv")


class Square(NamedTuple):
    """Where a state's square is, counted from the upper left corner of the map."""

    column: int
    row: int


@cache
def squares() -> dict[str, Square]:
    """The square of each state that has ever been in an edition, by ISO 3166 alpha-3 code."""
    with _GRID.open(encoding="utf-8", newline="") as lines:
        return {row["iso3"]: Square(int(row["column"]), int(row["row"])) for row in csv.DictReader(lines)}


def band(score: float | None) -> int | None:
    """The fifth of the scale that a score is in, 1 the highest, for editions without tiers; None without a score.

    Bands are drawn to read a map by, from 100 down in steps of 20. They are no tiers, and the legend says so.
    """
    return None if score is None else min(5, 5 - int(min(score, 99.999) // 20))
