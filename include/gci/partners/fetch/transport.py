"""What the ways of fetching have in common: what is asked for, what comes back, and how it goes wrong."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from gci.core.atomic_file import flush
from gci.core.errors import Blocked, Refused, TryAgain


class PartnerDownError(TryAgain):
    """The partner did not answer as it should: a later try may go through.

    Attributes:
        wait: seconds after which it asked to be tried again; None when it did not say.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class NotOfferedError(Refused):
    """The partner answered, and what it offers cannot be taken: trying again would give the same."""


@dataclass(frozen=True)
class Mark:
    """By what a partner tells one state of its data from the next. Empty texts where it does not.

    Attributes:
        etag: HTTP's or S3's entity tag; for files their size and time.
        last_modified: as the partner wrote it.
    """

    etag: str = ""
    last_modified: str = ""


class Download:
    """Bytes on their way into the inbox, under a hidden name that nobody collects.

    Attributes:
        size: bytes so far.
    """

    def __init__(self, folder: Path, largest: int) -> None:
        self.size = 0
        self.path = folder / f".{uuid.uuid4().hex}.part"
        self._largest = largest
        self._digest = hashlib.sha256()
        self._out: BinaryIO | None = None

    def __enter__(self) -> Download:
        with _own_disk(self.path.parent):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._out = self.path.open("xb")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._out is not None:
            self._out.close()
        self.path.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Take some bytes. Raises NotOfferedError when they are more than may come, Blocked when the disk refuses."""
        assert self._out is not None  # used inside `with` only
        self.size += len(chunk)
        if self.size > self._largest:
            raise NotOfferedError(
                f"What the partner offers is larger than the {self._largest} bytes that its description allows "
                "(gather.largest). Nothing of it was kept."
            )
        self._digest.update(chunk)
        with _own_disk(self.path.parent):
            self._out.write(chunk)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes so far, in hex."""
        return self._digest.hexdigest()

    def keep_as(self, target: Path) -> None:
        """Give the file its name, whole and on disk, in the place of one of that name that still waits."""
        assert self._out is not None  # used inside `with` only
        with _own_disk(self.path.parent):
            flush(self._out)
            self.path.replace(target)


def sweep(folder: Path, older_than: float) -> None:
    """Take away what a killed run left half fetched, if it is older than that moment (seconds since 1970)."""
    for part in folder.glob(".*.part"):
        with suppress(FileNotFoundError):  # another run may take it away at the same time
            if part.stat().st_mtime < older_than:
                part.unlink()


@contextmanager
def _own_disk(folder: Path) -> Iterator[None]:
    """Says that it is our own disk that refuses, and not the partner: no second request helps."""
    try:
        yield
    except OSError as error:
        raise Blocked(
            f"{folder}: {error.strerror or error}. What was fetched cannot be kept there: make room, or give the user "
            "that fetches the right to write there, then run again."
        ) from error
