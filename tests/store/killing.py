"""Processes that are killed at a message to the store, seen through the interpreter's audit events."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gci.core.paths import DataFolders
from gci.storage.object_store.objects import Store, store_at

BODY = " body"
"""What a message is told with that is no request, but what the request before it carries."""


def kill_at(message: int, told: Path) -> None:
    """End this process just before its message of that number to a server; `told` gets its request."""
    seen = 0
    requests: dict[int, str] = {}

    def watch(event: str, given: tuple[Any, ...]) -> None:
        nonlocal seen
        if event == "http.client.send":
            connection, sent = given
            request = re.match(rb"[A-Z]+ \S+", bytes(sent[:2000]))
            if b" HTTP/1.1\r\n" in sent and request:
                requests[id(connection)] = what = request[0].decode()
            else:
                what = requests[id(connection)] + BODY
            seen += 1
            if seen == message:
                told.write_text(what, encoding="utf-8")
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


def killed_at_each(
    step: int, address: str, told: Path, before: Callable[[str], None], work: Callable[[str], None]
) -> tuple[list[str], list[str]]:
    """Do the work in a store of its own again and again, each time killed at a later message, until it ends by itself.

    Returns:
        The stores, the last one being that of the undisturbed work; and the messages that the others were killed at.
    """
    stores, messages = [], []
    message, status = 1, -1
    while status:
        stores.append(own := f"{address}/{message}")
        before(own)

        def until(own: str = own, message: int = message) -> None:
            kill_at(message, told)
            work(own)

        status = forked(until)
        assert status in (0, signal.SIGKILL), status
        if status:
            messages.append(told.read_text(encoding="utf-8"))
        message += step
    return stores, messages


def fresh(root: Path, address: str) -> tuple[DataFolders, Store]:
    """A machine with an empty disk, and its store."""
    shutil.rmtree(root, ignore_errors=True)
    return DataFolders(root, address), store_at(address)
