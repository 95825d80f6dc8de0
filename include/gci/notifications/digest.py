"""The digest: what stands in the data folder now, held against what was told before."""

from __future__ import annotations

from collections.abc import Collection

from gci.core.paths import DataFolders
from gci.notifications.arrivals import arrived, failing, refused
from gci.notifications.blocking import blocking
from gci.notifications.notice import Digest, Notice
from gci.notifications.ongoing import corrections, embargoed, tolerated, too_old, unmended
from gci.partners.freshness import ages


def digest(folders: DataFolders, told: Collection[str] = (), failures: Collection[str] = ()) -> Digest:
    """What there is to tell.

    Args:
        folders: the data folder: receipts, quarantine, candidates with their gate reports, releases.
        told: keys of what stood when the digest before was sent (its `standing`).
        failures: tasks that failed although no file and no gate was at fault, each with its message.

    Returns:
        The digest. The same data folder gives the same digest.
    """
    told = frozenset(told)
    sources = ages(folders)
    blocks = [*(_failed(failure) for failure in failures), *blocking(folders)]
    new = [*refused(folders, told), *failing(sources, told), *arrived(folders, told)]
    ongoing = [*too_old(sources), *tolerated(folders), *unmended(folders, told)]
    known = [*embargoed(folders), *corrections(folders), *ongoing]
    everything = [*blocks, *refused(folders), *failing(sources), *arrived(folders), *known]
    standing = frozenset(key for notice in everything for key in notice.keys)
    fresh = any(key not in told for notice in (*blocks, *new) for key in notice.keys)
    return Digest(tuple(blocks), tuple(new), tuple(known), standing, fresh)


def _failed(failure: str) -> Notice:
    return Notice(
        keys=(f"failed:{failure}",),
        owner="data engineer",
        what=f"A task failed through no fault of the data: {failure}",
        do="Mend the disk or the program and run it again; nothing was lost.",
    )
