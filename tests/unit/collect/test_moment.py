"""A clock that has gone back makes no newer return an older one: the run is refused, with both moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gci.collect.collect import collect_files
from gci.collect.moment import moment_of_run
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders

LANDED = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
GOOD, BAD = "2024,EST,ls1,0.5,,\n", "2024,EST,ls1,50.5,,\n"


def landed(folders: DataFolders, row: str) -> None:
    path = folders.inbox / "survey" / "2024" / "EST.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"edition,iso3,item,answer,evidence_url,comment\n{row}")
    collect_files("survey", [path], LANDED, folders)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


@pytest.mark.parametrize("row", [GOOD, BAD])
def test_three_days_back_is_refused(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed(DataFolders(tmp_path), row)
    at(LANDED - timedelta(days=3), monkeypatch)
    with pytest.raises(Blocked, match=r"2026-01-02 06:00:00 UTC, but EST\.csv was collected at 2026-01-05 06:00:00"):
        moment_of_run(DataFolders(tmp_path))


def test_clocks_of_machines_that_are_seconds_apart_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landed(DataFolders(tmp_path), GOOD)
    at(LANDED - timedelta(seconds=20), monkeypatch)
    with pytest.raises(TryAgain, match="in a minute"):
        moment_of_run(DataFolders(tmp_path))


@pytest.mark.parametrize("later", [0, 1, 86400])
def test_the_same_moment_or_a_later_one_goes_on(later: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed(DataFolders(tmp_path), GOOD)
    at(LANDED + timedelta(seconds=later), monkeypatch)
    assert moment_of_run(DataFolders(tmp_path)) == LANDED + timedelta(seconds=later)


def test_the_first_run_of_all_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(LANDED, monkeypatch)
    assert moment_of_run(DataFolders(tmp_path)) == LANDED
