"""The dates of a round on which no figure hangs, as decided: nomination, reminders, weights, comments, review."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from gci.core.paths import DataFolders
from gci.reference.decided import landed_decisions
from gci.reference.decisions import ROUND_DATES, of, standing


def round_dates(edition: str, folders: DataFolders) -> dict[str, date]:
    """By the names of ROUND_DATES, in their order, the days that are decided for an edition and stand."""
    decided = of(standing(landed_decisions(folders)), "calendar_date")
    days = {one.subject: date.fromisoformat(one.day) for one in decided if one.edition == edition}
    return {name: days[name] for name in ROUND_DATES if name in days}


def review_ends(edition: str, folders: DataFolders) -> datetime | None:
    """The moment, in UTC, at which the last day of an edition's review is over; None where no day is decided."""
    last = round_dates(edition, folders).get("review_to")
    return datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1) if last else None
