"""What landed and nobody built is found in the landing zone itself, whatever became of the event that told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gci.build.candidate import named, plan
from gci.build.not_built import landed_in_no_candidate
from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.orchestration.tasks.build import dealt_with
from gci.publish.release import publish
from landed import land_decisions, land_partner
from small_candidate import sign_off, small_candidate, write_gates

BEGAN = datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def land(folders: DataFolders, iso3: str, hours: int) -> None:
    """One return lands, so many hours after the first."""
    replay("2020", [iso3], folders)
    files = list((folders.inbox / "survey/2020").iterdir())
    collect_files("survey", files, BEGAN + timedelta(hours=hours), folders)


def told(folders: DataFolders) -> list[str]:
    return [one.told() for one in landed_in_no_candidate(folders)]


def test_what_lands_while_a_candidate_is_built_is_in_the_next_one(folders: DataFolders) -> None:
    land(folders, "AFG", 0)
    assert told(folders) == ["2020: 1 return landed, in no candidate since 2026-01-05 06:00 UTC."]
    first = plan("2020", folders)
    assert first
    assert told(folders) == []
    land(folders, "EST", 1)  # while dbt works on the first
    land(folders, "FRA", 2)
    assert told(folders) == ["2020: 2 returns landed, in no candidate since 2026-01-05 07:00 UTC."]
    second = plan("2020", folders)
    assert second
    assert len(named(first)) == 1
    assert set(named(first)) < set(named(second))
    assert len(named(second)) == 3
    assert told(folders) == []


def test_decisions_wait_for_no_candidate_that_will_not_come(folders: DataFolders) -> None:
    leaves = {"kind": "membership", "iso3": "FJI", "value": "leaves", "day": "2026-01-05"}
    land_decisions(folders, "2024", [leaves])  # no return of 2024 has landed: nothing is built of it
    land(folders, "AFG", 0)
    plan("2020", folders)
    land_decisions(folders, "2020", [{"kind": "prerelease_access", "subject": "A reader", "day": "2026-03-28"}])
    assert told(folders) == []
    land_decisions(folders, "2020", [leaves])
    assert told(folders) == ["2020: 1 decision file landed, in no candidate since 2026-01-05 06:00 UTC."]


def test_what_landed_while_nothing_ran_is_taken_up_by_whatever_wakes_the_dag(folders: DataFolders) -> None:
    """Paused, or the scheduler down: no event is left of it, and the plan needs none."""
    for hours, iso3 in enumerate(("AFG", "EST", "FRA")):
        land(folders, iso3, hours)
    planned = plan("2020", folders)
    assert planned
    assert len(named(planned)) == 3
    again = plan("2020", folders)  # woken by time, with nothing new: the same candidate
    assert again == planned


def test_what_time_wakes_is_not_built_again_and_again(folders: DataFolders) -> None:
    land(folders, "AFG", 0)
    planned = plan("2020", folders)
    assert planned
    assert not dealt_with(planned)  # planned by a run that was killed: taken up
    waits = small_candidate(folders)
    assert dealt_with(waits)
    write_gates(waits, passed=False, rows=1)
    assert dealt_with(waits)
    for gate in ("built", "pages", "release"):
        (waits.folder / "gates" / f"{gate}.json").unlink(missing_ok=True)
    assert dealt_with(waits)  # the gate before stopped it
    (waits.folder / "gates" / "landed.json").unlink()
    assert not dealt_with(waits)


def test_a_partner_file_waits_for_the_partner_release_once_an_edition_is_out(folders: DataFolders) -> None:
    digest = land_partner(folders, "EST", "1")
    assert told(folders) == []  # the first edition takes it along
    first = small_candidate(folders, "2024")
    publish(first, sign_off(first), folders)
    assert told(folders) == ["partners: 1 partner file landed, in no candidate since 2026-01-05 06:00 UTC."]
    planned = plan("partners", folders)
    assert planned
    assert named(planned) == [("partners", digest), ("survey", "a" * 64)]
    assert told(folders) == []
