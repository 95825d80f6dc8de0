"""The dates that editions promise: when their collection closes, when the index appears. As decided by now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from gci.core.paths import DataFolders, data_folders
from gci.reference.release_hour import release_hours
from gci.reference.seeds import editions, members

if TYPE_CHECKING:
    from airflow.timetables.events import EventsTimetable

AHEAD = timedelta(days=14)
"""How long before a date somebody begins to look whether it will be kept."""


@dataclass(frozen=True, order=True)
class Milestone:
    """What should be done by the end of a day.

    Attributes:
        on: the last day for it.
        edition: the edition.
        what: `collection`: every member state has sent a return; `publication`: the edition is published.
    """

    on: date
    edition: str
    what: Literal["collection", "publication"]

    @property
    def due(self) -> datetime:
        """The moment at which the day is over, in UTC."""
        return _midnight(self.on) + timedelta(days=1)

    @property
    def label(self) -> str:
        """What it is called in the UI."""
        closes = "collection closes" if self.what == "collection" else "publication"
        return f"{self.edition}: {closes} {self.on.isoformat()}"


def milestones() -> list[Milestone]:
    """All dates of the editions that are open, soonest first. Those that are published keep no one waiting."""
    found = []
    for one in editions().values():
        if one.status == "open":
            found += [Milestone(one.collection_to, one.edition, "collection")] if one.collection_to else []
            found += [Milestone(one.published_on, one.edition, "publication")] if one.published_on else []
    return sorted(found)


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
        For a collection the states of which no return has been accepted (iso3), for a publication the edition's name;
        empty when kept.
    """
    if milestone.what == "publication":
        from gci.storage.release_log import latest

        return [] if latest(milestone.edition, folders) else [milestone.edition]
    from gci.storage.landing import receipts

    # From the receipts alone: whoever asks in Airflow's triggerer must not wait for a build.
    sent = {
        one.iso3 for one in receipts(folders) if one.iso3 and (one.kind, one.edition) == ("survey", milestone.edition)
    }
    return sorted(members(milestone.edition) - sent)


def told(milestone: Milestone, still: list[str]) -> str:
    """How it stands with a milestone, in a sentence."""
    if milestone.what == "publication":
        return f"{milestone.edition} is {'not ' if still else ''}published; its day is {milestone.on.isoformat()}."
    if not still:
        return f"{milestone.edition}: every member state has sent a return."
    return (
        f"{milestone.edition}: {len(still)} member states have sent no return; collection closes at the end of "
        f"{milestone.on.isoformat()}: {', '.join(still)}."
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _schedule(moments: Iterable[datetime], description: str) -> EventsTimetable:
    # The one of airflow.sdk cannot be read back by the scheduler in 3.3.2: it leaves out its summary.
    import pendulum
    from airflow.timetables.events import EventsTimetable

    return EventsTimetable(sorted({pendulum.instance(moment) for moment in moments}), description=description)
