"""Takes a collected file out of the inbox, so that nothing that its sender writes meanwhile is lost.

The file gets another place first, in a hidden folder beside it. Whoever opens its name from then on opens a new file.
Only when the claimed file still has the bytes that were collected, and nobody writes to it, does it go; otherwise it
gets its name back. What a killed run had claimed gets its name back too. On a full disk, where there is no room for a
folder, it gets a hidden name beside the others for so long: taking it out is what makes room again.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import logging
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gci.storage.arrival import Arrival
from gci.storage.whole import has_writer

log = logging.getLogger(__name__)

PREFIX = ".claimed-"
_MARK = "="  # between the hidden name of a claimed file and the name that it had
_FULL = (errno.ENOSPC, errno.EDQUOT)
_STALE = 24 * 3600  # seconds after which an empty folder is what a killed run left


def take_out(arrival: Arrival) -> bool:
    """Remove a collected file from its folder; False when it is gone, or has changed and stays.

    Raises OSError when the folder refuses; then the file is where it was.
    """
    path = arrival.path
    with _locked(path) as handle:
        if handle is None or not arrival.still_there():
            return False
        folder = path.with_name(f"{PREFIX}{uuid.uuid4().hex}")
        claimed = _place(folder, path.name)
        try:
            path.rename(claimed)
            if _unchanged(claimed, handle, arrival):
                claimed.unlink()
                return True
            log.warning("%s stays in the inbox: it was written to after it was read. The next run takes it.", path)
            _give_back(claimed, path)
            return False
        except FileNotFoundError:  # another worker was first
            return False
        finally:
            with suppress(OSError):
                folder.rmdir()


def _place(folder: Path, name: str) -> Path:
    """Where a file is claimed: in a folder of its own, made here; on a full disk beside it."""
    try:
        folder.mkdir()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return folder.with_name(f"{folder.name}{_MARK}{name}")
    return folder / name


def give_back(folder: Path) -> None:
    """Give the files below `folder` that a killed run had claimed their names back. Those of a running one are left."""
    for claims in sorted(folder.rglob(f"{PREFIX}*")):
        with suppress(OSError):
            if not claims.is_dir():
                with _locked(claims) as handle:
                    if handle is not None:
                        _give_back(claims, claims.with_name(claims.name.partition(_MARK)[2] or claims.name))
                continue
            for claimed in list(claims.iterdir()):
                with _locked(claimed) as handle:
                    if handle is not None:
                        log.warning("%s: its collection was broken off; it is taken anew.", claimed.name)
                        _give_back(claimed, claims.with_name(claimed.name))
                        claims.rmdir()
            if time.time() - claims.stat().st_mtime > _STALE:  # an empty one may be about to be used
                claims.rmdir()


@contextmanager
def _locked(path: Path) -> Iterator[int | None]:
    """The file, opened and held against other workers; None when it is gone or another one holds it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except (FileNotFoundError, BlockingIOError):
        yield None
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        except OSError:  # a disk without locks: then the rename alone decides who is first
            pass
        yield handle
    finally:
        os.close(handle)


def _unchanged(claimed: Path, handle: int, arrival: Arrival) -> bool:
    """Whether the claimed file is the one that is held, has the bytes that were collected, and no writer."""
    if claimed.stat().st_ino != os.fstat(handle).st_ino or has_writer(handle):
        return False
    with claimed.open("rb") as content:
        same = hashlib.file_digest(content, "sha256").hexdigest() == arrival.digest
    return same and not has_writer(handle)


def _give_back(claimed: Path, path: Path) -> None:
    """Give a claimed file its name, or one beside it where a newer file has that name already."""
    for target in (path, path.with_name(f"{path.stem}.{uuid.uuid4().hex[:8]}{path.suffix}")):
        try:
            os.link(claimed, target)
        except FileExistsError:
            continue
        except FileNotFoundError:
            return
        except OSError:  # a disk without links
            if target.exists():
                continue
            claimed.rename(target)
            return
        claimed.unlink()
        return
