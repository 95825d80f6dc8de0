"""The hour of an edition's next release: as decided, unless a release has had it."""

from __future__ import annotations

from datetime import datetime

from gci.core.paths import DataFolders
from gci.reference.release_hour import ReleaseHour, release_hours
from gci.storage.release_log import latest


def hour_of(edition: str, folders: DataFolders) -> ReleaseHour | None:
    """The hour of the edition's next release, as decided by now; None where none stands, or another release had it.

    Raises Blocked when a release folder is damaged.
    """
    hour = release_hours(folders).get(edition)
    if hour is None:
        return None
    before = latest(edition, folders)
    had = before is not None and datetime.fromisoformat(before.document["published_at"]) >= hour.moment
    return None if had else hour
