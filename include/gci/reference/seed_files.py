"""The files of the reference data, a CSV and a .yml for each seed. The only place that knows how they are called.

The name of a seed is its path below the folder of the seeds, without `seed_` and suffix: `states/member_states` is
dbt_project/seeds/states/seed_member_states.csv. Manifests, digests and gates call it so; the prefix keeps dbt's seeds
apart from its models.
"""

from __future__ import annotations

import csv
from pathlib import Path

from gci.core.paths import SEEDS

PREFIX = "seed_"

Row = dict[str, str]


def seed_file(name: str, seeds: Path = SEEDS) -> Path:
    """The CSV file of a seed, there or not.

    Args:
        name: its name, e.g. `editions` or `states/member_states`.
        seeds: the folder of the seeds.
    """
    folder, _, stem = name.rpartition("/")
    return seeds / folder / f"{PREFIX}{stem}.csv"


def seed_files(seeds: Path = SEEDS) -> dict[str, Path]:
    """The CSV file of every seed by its name, in the order of the names."""
    found = {}
    for path in seeds.rglob("*.csv"):
        named = path.with_name(path.stem.removeprefix(PREFIX))
        found[named.relative_to(seeds).as_posix()] = path
    return dict(sorted(found.items()))


def seeds_of_kind(kind: str, seeds: Path = SEEDS) -> dict[str, Path]:
    """The CSV files of a kind of which there are several, by what parts them, in that order.

    Args:
        kind: `framework` (one per edition) or `allotment` (one per edition and expert).
        seeds: the folder of the seeds.

    Returns:
        By edition, or by edition and expert as in `2026_rehearsal_01`, the file.
    """
    start = f"{kind}s/{kind}_"
    return {name.removeprefix(start): path for name, path in seed_files(seeds).items() if name.startswith(start)}


def rows_of(seed: Path) -> list[Row]:
    """The rows of a seed; every cell is text, an empty cell is ''."""
    with seed.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
