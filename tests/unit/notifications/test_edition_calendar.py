"""The dates of the editions: which edition a day belongs to, what is missing of a milestone, when somebody looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from gci.core.paths import DataFolders
from gci.notifications.edition_calendar import Milestone, begins, milestones, missing, published_on, told
from gci.reference.seeds import members


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
