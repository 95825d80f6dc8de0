"""One at a time on a data folder: a `gci run`, or a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from gci.core.clock import now
from gci.core.errors import TryAgain
from gci.core.file_lock import HeldElsewhere, file_lock
from gci.core.paths import DataFolders


@contextmanager
def data_folder_lock(folders: DataFolders, who: str) -> Iterator[int]:
    """Hold the data folder. The lock goes with the process, also when it is killed, and with those that inherit it.

    Args:
        folders: the data folder to hold.
        who: what holds it, for the message that others get.

    Yields:
        The handle that holds the lock.

    Raises:
        TryAgain: someone else holds it.
    """
    folders.airflow.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            held = stack.enter_context(file_lock(folders.airflow / "gci-run.lock", wait=False))
        except HeldElsewhere as other:
            raise TryAgain(
                f"Another process is at work on {folders.root}: {str(other) or 'it has just started'}. Wait for it to "
                "end, or stop it; where a server runs, DAGs are started in its UI. Nothing was changed."
            ) from None
        held.truncate(0)
        held.write(f"{who}, process {os.getpid()}, since {now().isoformat()}")
        held.flush()
        yield held.fileno()
