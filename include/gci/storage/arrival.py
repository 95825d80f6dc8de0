"""One file as it arrived: its bytes, their digest, and when."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from pathlib import Path

from gci.core.errors import TryAgain
from gci.core.records import Kind
from gci.storage.whole import has_writer

_CHUNK = 1 << 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Arrival:
    """One file as it arrived.

    Attributes:
        path: where it lay.
        kind: which inbox it is for.
        content: where its bytes can be read: `path` itself, or a copy that no one else writes to.
        digest: SHA-256 of the bytes, in hex.
        size: number of bytes.
        inode: number of the file on its disk; with size and time it tells whether `path` is still this file.
        modified_at: modification time of the file.
        received_at: when the collecting run began.
    """

    path: Path
    kind: Kind
    content: Path
    digest: str
    size: int
    inode: int
    modified_at: datetime
    received_at: datetime

    @property
    def name(self) -> str:
        """The name of the file as text; bytes of it that are not UTF-8 are written as escapes."""
        return os.fsencode(self.path.name).decode("utf-8", "backslashreplace")

    def still_there(self) -> bool:
        """Whether `path` is still the file that was read, and not gone or a newer one of its name."""
        try:
            return _identity(self.path.stat()) == (self.inode, self.size, self.modified_at)
        except FileNotFoundError:
            return False


def arrive(path: Path, kind: Kind, received_at: datetime, copy_to: Path | None = None) -> Arrival:
    """Read the bytes of a file once, into `copy_to` if given, so that what is checked is what is kept.

    Raises TryAgain when the file may not be read, changed meanwhile or, where it is to be kept, is open for writing;
    FileNotFoundError when it is not there, OSError when the copy cannot be written.
    """
    digest = hashlib.sha256()
    with _opened(path) as source:
        before = _identity(os.fstat(source.fileno()))
        if copy_to is None:
            digest = hashlib.file_digest(source, lambda: digest)
        else:
            with copy_to.open("xb") as copy:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
            if has_writer(source.fileno()):
                raise TryAgain(f"{path} is being written to again: it waits until whoever writes it has closed it.")
        inode, size, modified_at = _identity(os.fstat(source.fileno()))
    if (inode, size, modified_at) != before:
        raise TryAgain(f"{path} is still being written: it stays in the inbox and is read by the next run.")
    return Arrival(path, kind, copy_to or path, digest.hexdigest(), size, inode, modified_at, received_at)


def _opened(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except PermissionError as error:
        raise TryAgain(
            f"{path} may not be read ({error.strerror}): give the right to read it to who collects."
        ) from None


def stamp(moment: datetime) -> str:
    """A moment as receipts write it: ISO 8601, UTC, always with microseconds, so that texts sort as times."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _identity(status: os.stat_result) -> tuple[int, int, datetime]:
    try:
        modified_at = _EPOCH + timedelta(microseconds=status.st_mtime_ns // 1000)
    except OverflowError:
        modified_at = _LATEST  # some archives carry times beyond the calendar
    return status.st_ino, status.st_size, modified_at
