"""The geographic map beside the squares: shapes at 1:110 million, points for states that have none at that scale.

The shapes are Natural Earth's (public domain), as the npm package world-atlas 2.0.2 (ISC) has them, projected by
docs/draw_world_map.py. What they say of borders is said by them alone: the map goes with a disclaimer, and with the
name of who has cleared it, world_map_clearance.csv.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Place(NamedTuple):
    """Where a state is on the sheet of 960 by 467, counted from the upper left.

    Attributes:
        x: of its middle.
        y: of its middle.
        shape: an SVG path; empty for a state that is drawn as a point.
    """

    x: int
    y: int
    shape: str


@cache
def places() -> dict[str, Place]:
    """The place of every state that has ever been in an edition, by ISO 3166 alpha-3 code."""
    return {row["iso3"]: Place(int(row["x"]), int(row["y"]), row["shape"]) for row in _rows() if row["iso3"]}


@cache
def other_land() -> str:
    """The shapes of all land of which no edition tells, as one SVG path."""
    return "".join(row["shape"] for row in _rows() if not row["iso3"])


@cache
def cleared_by() -> str:
    """Who has cleared the map, when, and where that is on record; empty when nobody has."""
    with (_HERE / "world_map_clearance.csv").open(encoding="utf-8", newline="") as lines:
        return "; ".join(", ".join(filter(None, row.values())) for row in csv.DictReader(lines))


def _rows() -> list[dict[str, str]]:
    with (_HERE / "world_map.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
