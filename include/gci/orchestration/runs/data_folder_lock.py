"""One at a time on a data folder: a `gci run`, or a server."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from gci.core.clock import now
from gci.core.errors import TryAgain
from gci.core.file_lock import HeldElsewhere, file_lock
from gci.core.paths import DataFolders

_LOOK = 0.5  # seconds between two looks at the lock


@contextmanager
def data_folder_lock(
    folders: DataFolders, who: str, wait: float = 0, say: Callable[[str], None] = lambda _: None
) -> Iterator[int]:
    """Hold the data folder. The lock goes with the process, also when it is killed, and with those that inherit it.

    Args:
        folders: the data folder to hold.
        who: what holds it, for the message that others get.
        wait: seconds to wait for what a process that was killed left behind; one that lives is never waited for.
        say: takes what a person should know meanwhile.

    Yields:
        The handle that holds the lock.

    Raises:
        TryAgain: someone else holds it.
    """
    folders.airflow.mkdir(mode=0o700, parents=True, exist_ok=True)
    end, told = time.monotonic() + wait, False
    with ExitStack() as stack:
        while True:
            try:
                held = stack.enter_context(file_lock(folders.airflow / "gci-run.lock", wait=False))
                break
            except HeldElsewhere as other:
                holder = str(other)
            if _lives(holder) or time.monotonic() > end:
                raise TryAgain(
                    f"Another process is at work on {folders.root}: {holder or 'it has just started'}. Wait for it to "
                    "end, or stop it; where a server runs, DAGs are started in its UI. Nothing was changed."
                )
            if not told:
                say(f"Waiting for what is left of one that was killed: {holder}.")
                told = True
            time.sleep(_LOOK)
        held.truncate(0)
        held.write(f"{who}, process {os.getpid()}, since {now().isoformat()}")
        held.flush()
        yield held.fileno()


def _lives(holder: str) -> bool:
    """Whether the process that a lock names is there; so it is as long as it has not written its name."""
    number = re.search(r"process (\d+), since", holder)
    if number is None:
        return True
    try:
        state = Path(f"/proc/{number[1]}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return state[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()
