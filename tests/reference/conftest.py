"""Readers of the reference data for the tests of this folder: plain text, nothing of the package in between."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "dbt_project" / "seeds"

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """Every row of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="session")
def seed():
    """A function from the name of a seed (without folder and suffix) to its rows."""
    files = {path.stem.removeprefix("seed_"): path for path in SEEDS.rglob("*.csv")}
    return lambda name: read(files[name])


@pytest.fixture(scope="session")
def replayed():
    """A function from an edition to the rows of its indicator values."""
    return lambda edition: read(PROJECT / "include" / "replay" / f"indicator_values_{edition}.csv")


@pytest.fixture(scope="session")
def aliases() -> Rows:
    """The reviewed spellings of state names."""
    return read(PROJECT / "include" / "names" / "aliases.csv")
