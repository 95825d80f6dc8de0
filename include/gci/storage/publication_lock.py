"""One publication at a time: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from gci.core.errors import TryAgain
from gci.core.paths import DataFolders


@contextmanager
def publication_lock(folders: DataFolders) -> Iterator[None]:
    """Hold the lock on published/ for as long as the block runs. Raises TryAgain when another process holds it."""
    folders.published.mkdir(parents=True, exist_ok=True)
    handle = os.open(folders.published / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TryAgain(
                f"another publication into {folders.published} is under way. Wait until it has ended, then call again. "
                "Nothing was published by this one."
            ) from None
        yield
    finally:
        os.close(handle)
