"""The dates of the editions: which edition a day belongs to, what is missing of a milestone, when somebody looks."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gci.core.paths import DataFolders
from gci.notifications.dates_kept import MISSING
from gci.notifications.edition_calendar import Milestone, begins, milestones, missing, published_on, told
from gci.reference.decisions import DATES, ROUND_DATES
from gci.reference.round_dates import review_ends
from gci.reference.seeds import members
from gci.storage.drafts import Note, answers, record
from landed import land_decisions


@pytest.mark.parametrize(
    ("moment", "edition"),
    [
        (datetime(2021, 6, 29, tzinfo=UTC), "2020"),  # ITU's press releases of 29 June 2021 and 12 September 2024
        (datetime(2024, 9, 12, 23, 59, tzinfo=UTC), "2024"),
        (datetime(2024, 9, 13, 1, tzinfo=timezone(timedelta(hours=2))), "2024"),
        (datetime(2024, 9, 13, tzinfo=UTC), None),
    ],
)
def test_a_day_of_publication_names_its_edition(moment: datetime, edition: str | None) -> None:
    assert published_on(moment) == edition


def test_only_open_editions_promise_anything() -> None:
    assert not {one.edition for one in milestones()} & {"2020", "2024"}


def test_a_day_is_over_at_its_end_and_somebody_looks_two_weeks_ahead() -> None:
    milestone = Milestone(date(2026, 2, 28), "2024", "collection")
    assert milestone.due == datetime(2026, 3, 1, tzinfo=UTC)
    assert begins(milestone) == datetime(2026, 2, 15, tzinfo=UTC)


def test_what_is_missing_is_named(published_data: DataFolders, tmp_path) -> None:
    empty = DataFolders(tmp_path)
    collection = Milestone(date(2026, 2, 28), "2024", "collection")
    publication = Milestone(date(2026, 2, 28), "2024", "publication")
    assert set(missing(collection, empty)) == members("2024")
    assert missing(publication, empty) == ["2024"]
    assert missing(collection, published_data) == []
    assert missing(publication, published_data) == []
    assert "2026-02-28: AFG, ALB" in told(collection, ["AFG", "ALB"])
    assert "not published" in told(publication, ["2024"])


def test_every_date_of_a_round_is_looked_after(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GCI_DATA", str(tmp_path))
    folders = DataFolders(tmp_path)
    days = {name: f"2027-0{place}-01" for place, name in enumerate((*DATES, *ROUND_DATES)[:9], start=1)}
    days["review_to"] = "2027-10-01"
    said = [{"kind": "calendar_date", "subject": name, "day": day} for name, day in days.items()]
    land_decisions(folders, "2026", [*said, {"kind": "override", "subject": "status", "value": "open"}])
    land_decisions(folders, "2026", [{"kind": "release_hour", "day": "2027-11-07", "value": "03:30 America/Denver"}])
    found = {one.what: one for one in milestones() if one.edition == "2026"}
    assert set(found) == set(MISSING)
    assert len(milestones()) == len(DATES) + len(ROUND_DATES) + 1
    assert found["hour of release"].due == datetime(2027, 11, 7, 10, 30, tzinfo=UTC)  # the clocks went back at two
    assert found["launch"].due == datetime(2027, 1, 1, tzinfo=UTC)  # the day begins; others end
    assert found["review"].due == datetime(2027, 10, 2, tzinfo=UTC)
    assert {one.what for one in milestones() if one.reminds} == {"nomination", "launch", "reminder", "comments"}
    for one in milestones():
        still = missing(one, folders)
        assert one.edition in told(one, still)
    assert missing(found["weights"], folders) == []
    assert missing(found["hour of release"], folders) == ["2026"]
    assert len(missing(found["reminder"], folders)) == len(members("2026"))


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Denver", "UTC"])
def test_a_day_ends_at_midnight_utc_wherever_the_machine_stands_and_its_clocks_change(
    zone: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        days = ["2027-03-14", "2027-04-04"]  # on which the clocks of Denver and of Auckland change
        folders = DataFolders(tmp_path)
        said = zip(("comments_to", "review_to"), days, strict=True)
        land_decisions(folders, "2026", [{"kind": "calendar_date", "subject": name, "day": day} for name, day in said])
        assert review_ends("2026", folders) == datetime(2027, 4, 5, tzinfo=UTC)
        sent = Note("sent", "2026", "EST", "2027-03-01T00:00:00+00:00")
        record(sent, folders)
        for moment, answer in (("2027-03-14T23:59:59", "waiting"), ("2027-03-15T00:00:00", "silence")):
            seconds = int(datetime.fromisoformat(f"{moment}+00:00").timestamp())
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
            assert [one.said for one in answers("2026", folders)] == [answer]
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
