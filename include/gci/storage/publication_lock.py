"""One publication at a time: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from gci.core.errors import TryAgain
from gci.core.file_lock import HeldElsewhere, file_lock
from gci.core.paths import DataFolders


@contextmanager
def publication_lock(folders: DataFolders) -> Iterator[None]:
    """Hold the lock on published/ for as long as the block runs. Raises TryAgain when another process holds it."""
    folders.published.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(folders.published / ".lock", wait=False))
        except HeldElsewhere:
            raise TryAgain(
                f"another publication into {folders.published} is under way. Wait until it has ended, then call again. "
                "Nothing was published by this one."
            ) from None
        yield
