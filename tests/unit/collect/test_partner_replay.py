"""gci replay --partners: what the project carries of partners, in the layouts that they offer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gci.collect.check_file import check_file
from gci.collect.partner_replay import replay_partners
from gci.core.paths import DataFolders
from shared_data import shared


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return replay_partners(DataFolders(tmp_path_factory.mktemp("replayed")))


def test_every_file_is_one_that_collection_takes(replayed: list[Path]) -> None:
    receipts = [check_file(path, "partners").receipt for path in replayed]
    assert [(one.verdict, one.source) for one in receipts] == [
        ("accepted", "data360"),
        ("accepted", "data360"),
        ("accepted", "worldbank_gdp_per_capita"),
        ("accepted", "worldbank_internet_users"),
    ]
    assert {problem.code for one in receipts for problem in one.problems} <= {"areas_missing"}


def test_the_files_are_of_their_days_so_that_the_newer_one_counts(replayed: list[Path]) -> None:
    assert [path.stat().st_mtime for path in replayed[:2]] == sorted(path.stat().st_mtime for path in replayed[:2])
    assert [path.name for path in replayed[:2]] == ["data360.2026-04-25.csv", "data360.2026-05-06.csv"]


@pytest.mark.parametrize(
    ("place", "source"), [(0, "gci_data360_full_alexrg17.csv"), (1, "gci_overall_data360api_mpapi.csv")]
)
def test_data360_gives_the_figures_of_its_own_files(place: int, source: str, replayed: list[Path]) -> None:
    assert _figures(replayed[place]) == _figures(shared(f"gci/{source}"))


@pytest.mark.parametrize(
    ("place", "source"), [(2, "worldbank_gdp_pcap.csv"), (3, "worldbank_internet_users_IT.NET.USER.ZS.csv")]
)
def test_the_world_bank_gives_the_figures_of_its_own_files(place: int, source: str, replayed: list[Path]) -> None:
    theirs, ours = _by_year(shared(f"partners/{source}")), _by_year(replayed[place])
    states = {iso3 for iso3, _ in ours}
    since = {cell: value for cell, value in theirs.items() if cell[0] in states and cell[1] >= "2014"}
    assert len(states) > 190
    assert ours == since


def _figures(file: Path) -> dict[tuple[str, ...], float]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        keys = ("INDICATOR", "REF_AREA", "TIME_PERIOD", "UNIT_MEASURE")
        return {tuple(row[key] for key in keys): float(row["OBS_VALUE"]) for row in csv.DictReader(lines)}


def _by_year(file: Path) -> dict[tuple[str, str], str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    (place,) = (number for number, row in enumerate(rows) if row[:2] == ["Country Name", "Country Code"])
    years = {number: year for number, year in enumerate(rows[place]) if year.isdigit()}
    return {(row[1], year): row[at] for row in rows[place + 1 :] for at, year in years.items() if row[at]}
