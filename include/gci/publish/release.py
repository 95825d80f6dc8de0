"""Publishes a signed candidate: the release beside the earlier ones, then the file that analysts read."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from gci.core.atomic_file import is_written_to, put, put_aside_log, replace, staged, swap
from gci.core.checksums import sha256
from gci.core.clock import now
from gci.core.errors import Blocked, TryAgain
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.publish import contents, preconditions
from gci.publish.lock import alone
from gci.storage.object_store.published import commit
from gci.storage.release_log import releases, whole


def publish(candidate: Candidate, sign_off: SignOff, folders: DataFolders) -> Path:
    """Publish a candidate as the next vintage of its edition.

    The release and the new gci.duckdb are written under hidden names. When both are whole and on the disk, two renames
    give them their places. A kill or a full disk before that leaves everything as it was; a kill between the two
    renames is made good by the next call (or by `recover`). The same candidate twice gives the same release.

    Args:
        candidate: what to publish, with its gate reports.
        sign_off: who approved which bytes.
        folders: where to.

    Returns:
        The folder of the release.

    Raises:
        Blocked: something that must hold does not (gci.publish.preconditions); nothing was published.
        TryAgain: another publication is under way, somebody has gci.duckdb open to write, or the disk refused.
    """
    with alone(folders):
        _nobody_writes(folders)
        _tidy(folders)
        _finish(folders)
        release = folders.release(candidate.edition, candidate.vintage)
        if not _is_published(candidate, sign_off, folders):
            _release(candidate, sign_off, release, folders)
    return release


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
    if not releases(folders) and not folders.current.is_file():
        return False
    with alone(folders):
        _nobody_writes(folders)
        _tidy(folders)
        return _finish(folders)


def _release(candidate: Candidate, sign_off: SignOff, release: Path, folders: DataFolders) -> None:
    """Write the release and give it its place; with the lock held and nothing left over from before."""
    reports = preconditions.check(candidate, sign_off, folders)
    part = release.with_name(f".{release.name}.{os.getpid()}")
    try:
        part.mkdir(parents=True)
        sequence = len(releases(folders)) + 1
        # Clocks of two machines may differ; nothing goes out before it was signed.
        published_at = max(now(), datetime.fromisoformat(sign_off.signed_at))
        contents.write(part, candidate, sign_off, reports, published_at, sequence)
        with staged(part / "gci.duckdb", folders.current) as copy:
            commit(part, candidate.edition, candidate.vintage, sequence, folders)
            put(part, release)
            replace(copy, folders.current)
    except Exception as error:
        raise _explained(error, release) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):  # the edition's folder, if nothing came of its first release
            release.parent.rmdir()


def _finish(folders: DataFolders) -> bool:
    """Make gci.duckdb the file of the newest release, if it is not. True when it had to be replaced."""
    touched = put_aside_log(folders.current) is not None
    there = whole(folders)
    if not there:
        return False
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
        raise _explained(error, newest.folder) from error
    return True


def _nobody_writes(folders: DataFolders) -> None:
    if folders.current.is_file() and is_written_to(folders.current):
        raise TryAgain(
            f"somebody has {folders.current} open to write, and what they write would be read with the next file too. "
            "Published files are opened read-only: have that connection closed, then call again. Nothing was published."
        )


def _is_published(candidate: Candidate, sign_off: SignOff, folders: DataFolders) -> bool:
    """Whether exactly this candidate has gone out already: a task that is repeated after a kill."""
    return any(
        release.edition == candidate.edition
        and release.vintage == candidate.vintage
        and release.document["candidate_digest"] == sign_off.candidate_digest
        for release in releases(folders)
    )


def _tidy(folders: DataFolders) -> None:
    """Remove what killed publications left under hidden names. Called with the lock held, so nobody uses it."""
    for left in folders.published.glob("*/.v*.*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in folders.published.glob(f".{folders.current.name}.*"):
        left.unlink(missing_ok=True)


def _explained(error: Exception, release: Path) -> Exception:
    """The error for a person, when it is the disk's; otherwise the error itself."""
    import duckdb
    from xlsxwriter.exceptions import XlsxFileError

    if not isinstance(error, (OSError, duckdb.IOException, XlsxFileError, TryAgain)):
        return error
    said = " ".join(str(error).split()).rstrip(".")
    if release.is_dir():
        return TryAgain(
            f"{release} is written, but gci.duckdb could not be replaced: {said}. It is as it was. Mend that and call "
            "again; the next publication completes this one."
        )
    return TryAgain(f"{release} could not be written: {said}. Mend that and call again. Nothing was published.")
