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
from gci.core.records import Kind
from gci.storage.arrival import Arrival, arrive
from gci.storage.claim import take_out
from gci.storage.object_store.mirror import Mirror
from gci.storage.object_store.objects import Entry, each
from gci.storage.place import left_alone

log = logging.getLogger(__name__)

_MTIME = "mtime"  # what rclone calls the time of a file, in seconds since 1970


class InboxInStore(Mirror):
    """The inbox that machines share. What lies in a machine's own is handed in to it."""

    @property
    def at_hand(self) -> Path:
        """Where files of the shared inbox are brought to: beside the machine's own inbox."""
        return self.folders.brought / "inbox"

    def pull(self, kind: Kind) -> None:
        """Bring all that waits, and let go of what has left meanwhile; this machine's own is handed in first."""
        self.submit(kind)
        waiting = self.store.listed(f"inbox/{kind}/")
        for path in (self.at_hand / kind).rglob("*"):
            if path.is_file() and self._waiting_name(path) not in waiting:
                path.unlink(missing_ok=True)
        each(self._bring, waiting)

    def pull_files(self, paths: Iterable[Path]) -> None:
        """Bring certain files as they are in the store now; one that has left it is gone here, too."""
        each(self._bring, map(self._waiting_name, paths))

    def acknowledge(self, path: Path, digest: str) -> None:
        """Take a collected file out of the store, if it still is the one that was collected."""
        name = self._waiting_name(path)
        entry = self.store.look(name)
        content = self.store.read(name) if entry else None
        if entry is not None and content is not None and hashlib.sha256(content).hexdigest() == digest:
            self.store.remove(name, entry)

    def submit(self, kind: Kind) -> None:
        """Move what lies in this machine's own inbox to the shared one. Hidden files and unfinished ones stay."""
        own = self.folders.inbox
        for path in sorted((own / kind).rglob("*")):
            if not path.is_file() or any(part.startswith(".") for part in path.relative_to(own).parts):
                continue
            if (reason := left_alone(path)) is not None:
                log.warning("%s is not handed in: %s.", path, reason)
                continue
            try:
                self._hand_in(arrive(path, kind, now()))
            except TryAgain as error:
                log.warning("%s is not handed in: %s", path, error)
            except FileNotFoundError:  # another process of this worker has handed it in
                continue

    def _hand_in(self, arrival: Arrival) -> None:
        path, name = arrival.path, self.name_of(arrival.path)
        modified = f"{arrival.modified_at.timestamp():.6f}"
        if self.store.put_new(name, path, **{_MTIME: modified}) or self.store.read(name) == path.read_bytes():
            take_out(arrival)
        else:
            log.warning("%s stays here: another file of its name waits in the store to be collected.", path)

    def _bring(self, name: str) -> None:
        target = self.folders.brought / name
        try:
            entry = self.store.download(name, target)
        # A store knows names a/b beside a, a disk does not.
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            address = self.store.address(name)
            log.warning("%s stays in the store: it is named like a folder, or lies below a file.", address)
            return
        if entry is None:
            target.unlink(missing_ok=True)
        else:
            moment = _modified(entry).timestamp()
            os.utime(target, (moment, moment))

    def _waiting_name(self, path: Path) -> str:
        """The name in the store of a file that was brought from the shared inbox."""
        return path.relative_to(self.folders.brought).as_posix()


def _modified(entry: Entry) -> datetime:
    """When the file was written where it came from, if whoever put it said so; else when it was put."""
    try:
        return datetime.fromtimestamp(float(entry.said[_MTIME]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return entry.modified_at
