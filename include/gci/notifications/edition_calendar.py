"""The dates of a round: nomination, launch, reminders, close, weights, comments, review, release. As decided by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from gci.core.paths import DataFolders, data_folders
from gci.reference.release_hour import release_hours
from gci.reference.round_dates import round_dates
from gci.reference.seeds import editions

if TYPE_CHECKING:
    from airflow.timetables.events import EventsTimetable

AHEAD = timedelta(days=14)
"""How long before a date somebody begins to look whether it will be kept."""


What = Literal[
    "nomination", "launch", "reminder", "collection", "weights", "comments", "review", "publication", "hour of release"
]

OF_DATES: dict[str, What] = {
    "nomination_to": "nomination",
    "reminder_1": "reminder",
    "reminder_2": "reminder",
    "reminder_3": "reminder",
    "weights_to": "weights",
    "comments_to": "comments",
    "review_to": "review",
}
"""What each date of a round is about that has no column in the seeds."""
CALLED: dict[str, str] = {
    "nomination": "focal points are nominated",
    "launch": "collection opens",
    "reminder": "reminder",
    "collection": "collection closes",
    "weights": "the experts' weights are in",
    "comments": "comments on the draft scores close",
    "review": "review ends",
    "publication": "publication",
    "hour of release": "hour of release",
}
"""What each is called in the UI."""
_REMINDS = ("nomination", "launch", "reminder", "comments")
"""What nothing in the data can show as done: on its day it is told, and then it is over. None of these is ever red."""
_BEGINS_ITS_DAY = ("launch", "reminder")


@dataclass(frozen=True, order=True)
class Milestone:
    """What should be done by the end of a day.

    Attributes:
        on: the last day for it.
        edition: the edition.
        what: `nomination`: focal points are named; `launch`: the forms go out; `reminder`: states that have sent
            nothing are written to; `collection`: every member state has sent a return; `weights`: the edition has
            weights; `comments`: states have answered their draft scores, or are silent; `review`: every answer has a
            verdict; `publication`: the edition is published; `hour of release`: a release is approved.
        at: the moment, where one is decided rather than a day.
    """

    on: date
    edition: str
    what: What
    at: datetime | None = None

    @property
    def due(self) -> datetime:
        """The moment at which it should be done, in UTC: the end of the day, or its beginning."""
        if self.at:
            return self.at
        return _midnight(self.on) + (timedelta(0) if self.what in _BEGINS_ITS_DAY else timedelta(days=1))

    @property
    def reminds(self) -> bool:
        """Whether it is only told on its day, since nothing can show that it was done."""
        return self.what in _REMINDS

    @property
    def label(self) -> str:
        """What it is called in the UI."""
        hour = f" {self.at:%H:%M} UTC" if self.at else ""
        return f"{self.edition}: {CALLED[self.what]} {self.on.isoformat()}{hour}"


def milestones() -> list[Milestone]:
    """All dates of the editions that are open, soonest first, and the hours of releases that are to appear.

    Those that are published keep no one waiting.
    """
    folders = data_folders()
    found = []
    for one in editions().values():
        if one.status == "open":
            found += [Milestone(one.collection_from, one.edition, "launch")] if one.collection_from else []
            found += [Milestone(one.collection_to, one.edition, "collection")] if one.collection_to else []
            found += [Milestone(one.published_on, one.edition, "publication")] if one.published_on else []
            days = round_dates(one.edition, folders)
            found += [Milestone(day, one.edition, OF_DATES[name]) for name, day in days.items()]
    for hour in release_hours(folders).values():
        found.append(Milestone(hour.moment.date(), hour.edition, "hour of release", hour.moment))
    return sorted(found, key=lambda one: (one.due, one.edition, one.what))


def begins(milestone: Milestone) -> datetime:
    """When somebody begins to look whether a date will be kept."""
    return milestone.due - AHEAD


def published_on(moment: datetime) -> str | None:
    """The edition whose publication is on the day of this moment, in UTC; None when none is."""
    day = moment.astimezone(UTC).date()
    return next((one.edition for one in editions().values() if one.published_on == day), None)


def publication_days() -> EventsTimetable:
    """A schedule with the day of publication of each edition that names one."""
    days = (one.published_on for one in editions().values())
    return _schedule((_midnight(day) for day in days if day), "On each edition's day of publication")


def lookout_days() -> EventsTimetable:
    """A schedule with the days on which somebody begins to look whether a date will be kept."""
    return _schedule(map(begins, milestones()), f"{AHEAD.days} days before each date of an open edition")


def hours_of_release() -> Any:
    """A schedule with the hour of release of each edition for which one is decided."""
    moments = (hour.moment for hour in release_hours(data_folders()).values())
    return _schedule(moments, "At each hour of release")


def missing(milestone: Milestone, folders: DataFolders) -> list[str]:
    """What is not done yet of a milestone.

    Args:
        milestone: what should be done.
        folders: where to look.

    Returns:
        For a collection and a reminder the states of which no return has been accepted (iso3), for a review those of
        which an answer has no verdict, for comments those that have not answered their draft; else the edition's name.
        Empty when done. What nothing can show as done is missing until its day.
    """
    from gci.notifications.dates_kept import MISSING

    return MISSING[milestone.what](milestone.edition, folders)


def told(milestone: Milestone, still: list[str]) -> str:
    """How it stands with a milestone, in a sentence."""
    from gci.notifications.dates_kept import TOLD

    when = f"{milestone.at:%F %R} UTC" if milestone.at else milestone.on.isoformat()
    return TOLD[milestone.what](milestone.edition, when, still)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _schedule(moments: Iterable[datetime], description: str) -> EventsTimetable:
    # The one of airflow.sdk cannot be read back by the scheduler in 3.3.2: it leaves out its summary.
    import pendulum
    from airflow.timetables.events import EventsTimetable

    return EventsTimetable(sorted({pendulum.instance(moment) for moment in moments}), description=description)
