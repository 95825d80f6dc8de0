"""Processes that are killed at a message to the store, seen through the interpreter's audit events."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gci.paths import DataFolders
from gci.store.objects import Store, store_of


def kill_at(message: int) -> None:
    """End this process just before its message of that number to a server."""
    seen = 0

    def watch(event: str, _: tuple[Any, ...]) -> None:
        nonlocal seen
        if event == "http.client.send":
            seen += 1
            if seen == message:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def forked(work: Callable[[], None]) -> int:
    """Do the work in a process of its own; gives its exit status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def killed_at_each(step: int, address: str, before: Callable[[str], None], work: Callable[[str], None]) -> list[str]:
    """Do the work in a store of its own again and again, each time killed at a later message, until it ends by itself.

    Returns:
        The stores, the last one being that of the undisturbed work.
    """
    stores = []
    message, status = 1, -1
    while status:
        stores.append(own := f"{address}/{message}")
        before(own)

        def until(own: str = own, message: int = message) -> None:
            kill_at(message)
            work(own)

        status = forked(until)
        assert status in (0, signal.SIGKILL), status
        message += step
    return stores


def fresh(root: Path, address: str) -> tuple[DataFolders, Store]:
    """A machine with an empty disk, and its store."""
    shutil.rmtree(root, ignore_errors=True)
    folders = DataFolders(root, address)
    found = store_of(folders)
    assert found is not None
    return folders, found
