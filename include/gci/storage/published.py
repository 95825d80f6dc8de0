"""What is published, on this disk: gci.duckdb is that of the newest release; a killed publication is completed."""

from __future__ import annotations

import itertools
import shutil

from gci.core.atomic_file import is_written_to, put_aside_log, swap
from gci.core.checksums import sha256
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.storage.feeds import FOLDER as FEEDS
from gci.storage.latest import tell_readers
from gci.storage.publication_lock import publication_lock
from gci.storage.release_log import Release, releases, whole
from gci.storage.released import known, remember
from gci.storage.ways_in import WAYS


def recover(folders: DataFolders) -> bool:
    """Complete a publication that was killed after its release had its name and before gci.duckdb was replaced.

    Returns:
        True when gci.duckdb had to be replaced, or a log of unfinished writes beside it put aside; False when all was
        well or nothing is published.

    Raises:
        Blocked: the newest release was changed after it was published; a release is missing or out of its place, so
            that gci.duckdb would be replaced by a file with fewer editions, or older vintages.
        TryAgain: another publication is under way, or the disk refused.
    """
    if not releases(folders) and not folders.current.is_file() and not known(folders):
        return False
    with publication_lock(folders):
        nobody_writes(folders)
        tidy(folders)
        touched = finish(folders)
        tell_readers(folders)
        return touched


def finish(folders: DataFolders) -> bool:
    """Make gci.duckdb the file of the newest release, if it is not; with the lock held.

    Returns:
        True when it had to be replaced.

    Raises:
        Blocked: the newest release was changed after it was published.
        TryAgain: the disk refused.
    """
    touched = put_aside_log(folders.current) is not None
    there = whole(folders)
    if not there:
        return False
    _let_landing_know(there, folders)
    newest = there[-1]
    published = newest.document["files"]["gci.duckdb"]["sha256"]
    if folders.current.is_file() and sha256(folders.current) == published:
        return touched
    if sha256(newest.database) != published:
        raise Blocked(
            f"{newest.database} was changed after it was published. A vintage never changes: bring it back from a "
            f"backup, then call again. {folders.current} is as it was."
        )
    try:
        swap(newest.database, folders.current)
    except OSError as error:
        raise TryAgain(
            f"{newest.folder} is written, but gci.duckdb could not be replaced: {error}. It is as it was. Mend that "
            "and call again; the next publication completes this one."
        ) from error
    return True


def _let_landing_know(there: list[Release], folders: DataFolders) -> None:
    """Also of what an earlier version of the program published, or one that was killed before it said so."""
    try:
        for release in there:
            remember(release.sequence, release.edition, release.vintage, folders)
    except OSError as error:
        raise TryAgain(
            f"{folders.released} cannot be written to: {error}. Landing keeps there what was published. Mend that and "
            "call again. Nothing was published, and gci.duckdb is as it was."
        ) from error


def tidy(folders: DataFolders) -> None:
    """Remove what killed publications left under hidden names. Called with the lock held, so nobody uses it."""
    for left in folders.published.glob("*/.v*.*"):
        shutil.rmtree(left, ignore_errors=True)
    news = (folders.published.glob(".*.part"), *((folders.published / one).rglob(".*.part") for one in (FEEDS, WAYS)))
    for left in itertools.chain(folders.published.glob(f".{folders.current.name}.*"), *news):
        left.unlink(missing_ok=True)
    for left in folders.embargoed.glob(".*"):
        shutil.rmtree(left, ignore_errors=True)


def nobody_writes(folders: DataFolders) -> None:
    """Raise TryAgain when some connection has gci.duckdb open to write."""
    if folders.current.is_file() and is_written_to(folders.current):
        raise TryAgain(
            f"somebody has {folders.current} open to write, and what they write would be read with the next file too. "
            "Published files are opened read-only: have that connection closed, then call again. Nothing was published."
        )
