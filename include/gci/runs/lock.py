"""One `gci run` at a time on a data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from gci.clock import now
from gci.errors import TryAgain
from gci.paths import DataFolders


@contextmanager
def only_run(folders: DataFolders) -> Iterator[None]:
    """Hold the data folder for one run. The lock goes with the process, also when it is killed.

    Args:
        folders: the data folder to hold.

    Raises:
        TryAgain: another `gci run` holds it.
    """
    folders.airflow.mkdir(parents=True, exist_ok=True)
    with (folders.airflow / "gci-run.lock").open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise TryAgain(
                f"Another `gci run` ({held.read().strip() or 'just started'}) is at work on {folders.root}. "
                "Wait for it to end and call again. Nothing was changed."
            ) from None
        held.truncate(0)
        held.write(f"process {os.getpid()}, since {now().isoformat()}")
        held.flush()
        yield
