"""The shared inbox: files arrive in the store, are brought to the worker that collects them, and leave when it has."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from gci.core.clock import now
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.storage.arrival import Arrival, arrive
from gci.storage.claim import take_out
from gci.storage.object_store.objects import Entry, Store, each, name_of, store_of
from gci.storage.place import left_alone

log = logging.getLogger(__name__)

_MTIME = "mtime"  # what rclone calls the time of a file, in seconds since 1970


def pull_inbox(kind: Kind, folders: DataFolders) -> None:
    """Bring all that waits in the shared inbox of a kind, and let go of what has left it meanwhile.

    What lies in the worker's own inbox is handed in first.
    """
    store = store_of(folders)
    if store is None:
        return
    submit(kind, folders)
    waiting = store.listed(f"inbox/{kind}/")
    here = folders.inbox_at_hand
    for path in (here / kind).rglob("*"):
        if path.is_file() and f"inbox/{path.relative_to(here).as_posix()}" not in waiting:
            path.unlink(missing_ok=True)
    each(lambda name: _bring(store, name, folders), waiting)


def pull_files(paths: Iterable[Path], folders: DataFolders) -> None:
    """Bring certain files of the shared inbox as they are there now; one that has left it is gone here, too."""
    store = store_of(folders)
    if store is not None:
        each(lambda path: _bring(store, _name(path, folders), folders), paths)


def acknowledge(path: Path, digest: str, folders: DataFolders) -> None:
    """Take a collected file out of the shared inbox, unless a newer one of its name has come.

    Args:
        path: where it was brought to.
        digest: SHA-256 of what was collected.
        folders: whose store.
    """
    store = store_of(folders)
    if store is None:
        return
    name = _name(path, folders)
    entry = store.look(name)
    content = store.read(name) if entry else None
    if entry is not None and content is not None and hashlib.sha256(content).hexdigest() == digest:
        store.remove(name, entry)


def submit(kind: Kind, folders: DataFolders) -> None:
    """Move what lies in this worker's own inbox to the shared one. Hidden files and unfinished ones stay."""
    store = store_of(folders)
    if store is None:
        return
    for path in sorted((folders.inbox / kind).rglob("*")):
        if not path.is_file() or any(part.startswith(".") for part in path.relative_to(folders.inbox).parts):
            continue
        if (reason := left_alone(path)) is not None:
            log.warning("%s is not handed in: %s.", path, reason)
            continue
        try:
            _hand_in(arrive(path, kind, now()), store, folders)
        except TryAgain as error:
            log.warning("%s is not handed in: %s", path, error)
        except FileNotFoundError:  # another process of this worker has handed it in
            continue


def _hand_in(arrival: Arrival, store: Store, folders: DataFolders) -> None:
    path, name = arrival.path, name_of(arrival.path, folders)
    modified = f"{arrival.modified_at.timestamp():.6f}"
    if store.put_new(name, path, **{_MTIME: modified}) or store.read(name) == path.read_bytes():
        take_out(arrival)
    else:
        log.warning("%s stays here: another file of its name waits in the store to be collected.", path)


def _bring(store: Store, name: str, folders: DataFolders) -> None:
    target = folders.brought / name
    try:
        entry = store.download(name, target)
    except (
        FileExistsError,
        IsADirectoryError,
        NotADirectoryError,
    ):  # a store knows names a/b beside a, a disk does not
        log.warning("%s stays in the store: it is named like a folder, or lies below a file.", store.address(name))
        return
    if entry is None:
        target.unlink(missing_ok=True)
    else:
        moment = _modified(entry).timestamp()
        os.utime(target, (moment, moment))


def _modified(entry: Entry) -> datetime:
    """When the file was written where it came from, if whoever put it said so; else when it was put."""
    try:
        return datetime.fromtimestamp(float(entry.said[_MTIME]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return entry.modified_at


def _name(path: Path, folders: DataFolders) -> str:
    return path.relative_to(folders.brought).as_posix()
