"""Publishes a signed candidate: the release beside the earlier ones, then the file that analysts read."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from gci.core.atomic_file import put, replace, staged
from gci.core.clock import now
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.publish import contents, embargo, preconditions
from gci.reference.release_hour import ReleaseHour
from gci.storage import released
from gci.storage.door import storage_of
from gci.storage.embargo import sweep
from gci.storage.hours import hour_of
from gci.storage.latest import tell_readers
from gci.storage.publication_lock import publication_lock
from gci.storage.published import finish, nobody_writes, tidy
from gci.storage.release_log import latest, releases


def publish(candidate: Candidate, sign_off: SignOff, folders: DataFolders) -> Path:
    """Publish a candidate as the next vintage of its edition, or have it wait for its hour.

    The release and the new gci.duckdb are written under hidden names. When both are whole and on the disk, two renames
    give them their places. A kill or a full disk before that leaves everything as it was; a kill between the two
    renames is made good by the next call (or by `gci.storage.published.recover`). The same candidate twice gives the
    same release. Before the hour that is decided for it, the release is laid out in `embargoed/` (gci.publish.embargo);
    at its hour the same call gives it its place.

    Args:
        candidate: what to publish, with its gate reports.
        sign_off: who approved which bytes.
        folders: where to.

    Returns:
        The folder of the release: below published/, or below embargoed/ while its hour has not come.

    Raises:
        Blocked: something that must hold does not (gci.publish.preconditions); nothing was published.
        TryAgain: another publication is under way, somebody has gci.duckdb open to write, or the disk refused.
    """
    with publication_lock(folders):
        nobody_writes(folders)
        tidy(folders)
        finish(folders)
        release = folders.release(candidate.edition, candidate.vintage)
        if not _is_published(candidate, sign_off, folders):
            hour = hour_of(candidate.edition, folders)
            reports = preconditions.check(candidate, sign_off, folders)
            if hour and now() < hour.moment:
                return _wait(candidate, sign_off, reports, hour, folders)
            _release(candidate, sign_off, reports, hour, folders)
            sweep(folders)
            tell_readers(folders)
    return release


def _wait(
    candidate: Candidate, sign_off: SignOff, reports: list[dict[str, Any]], hour: ReleaseHour, folders: DataFolders
) -> Path:
    """Lay the release out where it waits for its hour."""
    try:
        return embargo.lay(candidate, sign_off, reports, hour, folders)
    except Exception as error:
        raise _explained(error, folders.embargoed / candidate.folder.name) from error


def _release(
    candidate: Candidate,
    sign_off: SignOff,
    reports: list[dict[str, Any]],
    hour: ReleaseHour | None,
    folders: DataFolders,
) -> None:
    """Give the release its place; with the lock held and nothing left over from before."""
    named = candidate.edition, candidate.vintage
    release = folders.release(*named)
    # Clocks of two machines may differ; nothing goes out before it was signed.
    published_at = max(now(), datetime.fromisoformat(sign_off.signed_at))
    sequence = len(releases(folders)) + 1
    part = release.with_name(f".{release.name}.{os.getpid()}")
    try:
        release.parent.mkdir(parents=True, exist_ok=True)
        whole = embargo.ready(candidate, sign_off, hour, published_at, folders)
        if whole is None:
            part.mkdir()
            earlier = latest(candidate.edition, folders)
            before = earlier.database if earlier else None
            noted = embargo.noted(candidate, hour, folders)
            contents.write(part, candidate, sign_off, reports, published_at, sequence, before=before, noted=noted)
            whole = part
        with (
            staged(whole / "gci.duckdb", folders.current) as copy,
            released.noted(sequence, *named, whole, folders) as let_landing_know,
        ):
            storage_of(folders).release_log.commit(whole, *named, sequence)
            put(whole, release)
            let_landing_know()
            replace(copy, folders.current)
    except Exception as error:
        raise _explained(error, release) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):  # the edition's folder, if nothing came of its first release
            release.parent.rmdir()


def _is_published(candidate: Candidate, sign_off: SignOff, folders: DataFolders) -> bool:
    """Whether exactly this candidate has gone out already: a task that is repeated after a kill."""
    return any(
        release.edition == candidate.edition
        and release.vintage == candidate.vintage
        and release.document["candidate_digest"] == sign_off.candidate_digest
        for release in releases(folders)
    )


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
