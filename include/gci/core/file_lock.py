"""A lock on a file, which goes with the process that holds it, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class HeldElsewhere(Exception):
    """Another process holds the lock. Its argument is what that process wrote into the file."""


@contextmanager
def file_lock(path: Path, *, wait: bool) -> Iterator[TextIO]:
    """Hold a file for as long as the block runs; processes that are started meanwhile inherit the lock only by handle.

    Args:
        path: the file; made when there is none. Its content is the holder's to write.
        wait: whether to wait for others, or to give up at once.

    Yields:
        The file, opened to read and write.

    Raises:
        HeldElsewhere: another process holds it, and nobody waits.
        OSError: it cannot be opened.
    """
    with path.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            held.seek(0)
            raise HeldElsewhere(held.read().strip()) from None
        yield held
