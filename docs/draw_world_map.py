"""Draws the shapes of the geographic map into include/gci/site/world_map.csv. Run by hand when the source changes.

    npm pack world-atlas@2                    # ISC; made from Natural Earth, which is in the public domain
    python docs/draw_world_map.py countries-110m.json countries-50m.json countries-10m.json

Shapes are those at 1:110 million, in the projection Equal Earth, on a sheet of 960 by 467, to the full unit. States
that have none at that scale are points, in the middle of their largest shape at the first scale that has one.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from gci.reference.seed_files import rows_of, seed_file

OUT = Path(__file__).resolve().parents[1] / "include" / "gci" / "site" / "world_map.csv"
WIDTH, HALF_WIDTH, HALF_HEIGHT = 960, 2.7066, 1.3173627
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
NOT_DRAWN = {"010"}
"""Antarctica."""

Point = tuple[float, float]


def projected(longitude: float, latitude: float) -> Point:
    """A place on the sheet (Šavrič, Patterson and Jenny, 2018)."""
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared = angle * angle
    sixth = squared**3
    x = math.radians(longitude) * math.cos(angle)
    x /= math.sqrt(3) / 2 * (A1 + 3 * A2 * squared + sixth * (7 * A3 + 9 * A4 * squared))
    y = angle * (A1 + A2 * squared + sixth * (A3 + A4 * squared))
    scale = WIDTH / 2 / HALF_WIDTH
    return WIDTH / 2 + x * scale, (HALF_HEIGHT - y) * scale


def cut_at_180(ring: list[Point]) -> list[list[Point]]:
    """A ring of longitudes and latitudes, in parts that do not go over the 180th meridian: the sheet ends there."""
    gone_on = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((gone_on[-1][0] - longitude) / 360)
        gone_on.append((longitude + 360 * turns, latitude))
    parts = []
    for edge in (-180, 180, 540):
        part = clipped(clipped(gone_on, edge - 360, 1), edge, -1)
        if len({longitude for longitude, _ in part}) > 1:
            parts.append([(longitude - edge + 180, latitude) for longitude, latitude in part])
    return parts


def clipped(ring: list[Point], edge: float, side: int) -> list[Point]:
    """What of a ring lies east (side 1) or west (-1) of a meridian (Sutherland and Hodgman, 1974)."""
    kept = []
    for (a, b), (x, y) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if (a - edge) * (x - edge) < 0:
            kept.append((edge, b + (y - b) * (edge - a) / (x - a)))
        if (x - edge) * side >= 0:
            kept.append((x, y))
    return kept


def shapes(topology: dict[str, Any]) -> Iterator[tuple[str, list[list[Point]]]]:
    """The outer rings of each country, by its ISO 3166 numeric code; an empty code where it has none."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = []
        for polygon in polygons:
            ring: list[Point] = []
            for index in polygon[0]:
                ring += arcs[index] if index >= 0 else arcs[~index][::-1]
            rings += [[projected(*point) for point in part] for part in cut_at_180(ring)]
        yield str(geometry.get("id") or ""), rings


def path(rings: list[list[Point]]) -> str:
    """The rings as an SVG path in full units; what is smaller than that is left out."""
    drawn = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        kept = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
        if len(set(kept)) > 2:  # fewer points have no inside
            steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(kept[:-1])]
            drawn.append(f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{dx} {dy}" for dx, dy in steps) + "z")
    return "".join(drawn)


def middle(rings: list[list[Point]]) -> Point:
    """The centre of gravity of the largest ring."""

    def doubled(ring: list[Point]) -> float:
        return sum(a * y - x * b for (a, b), (x, y) in zip(ring, ring[1:] + ring[:1], strict=True))

    ring = max(rings, key=lambda one: abs(doubled(one)))
    area = doubled(ring)
    if not area:
        return ring[0]
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    return (
        sum((a + x) * (a * y - x * b) for (a, b), (x, y) in pairs) / (3 * area),
        sum((b + y) * (a * y - x * b) for (a, b), (x, y) in pairs) / (3 * area),
    )


def main(coarse: Path, *finer: Path) -> None:
    """Write the map: a row per state, and one without a state for all other land."""
    states = {row["m49"].zfill(3): row["iso3"] for row in rows_of(seed_file("states/member_states"))}
    rows, rest = {}, ""
    for code, rings in shapes(json.loads(coarse.read_text())):
        if code in states:
            rows[states[code]] = (*map(round, middle(rings)), path(rings))
        elif code not in NOT_DRAWN:
            rest += path(rings)
    pointed = {iso3 for iso3, row in rows.items() if row[2]}
    for fine in finer:
        for code, rings in shapes(json.loads(fine.read_text())):
            if code in states and states[code] not in pointed:
                rows[states[code]] = (*map(round, middle(rings)), "")
        pointed |= rows.keys()
    with OUT.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["iso3", "x", "y", "shape"])
        writer.writerow(["", "", "", rest])
        writer.writerows((iso3, *row) for iso3, row in sorted(rows.items()))
    print(f"{len(rows)} states of {len(states)}; missing:", sorted(set(states.values()) - rows.keys()))  # noqa: T201 (a script)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
