"""The moment of a collecting run, by which a newer return is told from an older one: it never goes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from gci.collect.quarantine import refusals
from gci.core import clock
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.storage.landing import receipts

_PASSING = timedelta(minutes=1)
"""So far the clocks of several machines may be apart: the same call goes through in a moment."""


def moment_of_run(folders: DataFolders) -> datetime:
    """The present moment, for the receipts of a run that begins.

    Raises:
        Blocked: the clock is behind the newest receipt. What came now would count as older than what came then.
        TryAgain: it is so by less than a minute.
    """
    now = clock.now()
    newest = max(
        (*receipts(folders), *refusals(folders)), key=lambda one: one.collected_at or one.received_at, default=None
    )
    if newest is None:
        return now
    last = datetime.fromisoformat(newest.collected_at or newest.received_at)
    if now >= last:
        return now
    told = (
        f"The clock says {now:%Y-%m-%d %H:%M:%S} UTC, but {newest.file} was collected at {last:%Y-%m-%d %H:%M:%S} UTC: "
        "the clock has gone back, or was ahead then. A return of now would count as older than it. Nothing was "
        "collected, and the inbox is as it was."
    )
    if last - now <= _PASSING:
        raise TryAgain(f"{told} The clocks of the machines are apart: call again in a minute.")
    raise Blocked(
        f"{told} Set the clock of this machine right (or SOURCE_DATE_EPOCH, where that is set) and call again. If the "
        "clock was ahead then, see docs/operations.md, “The clock”."
    )
