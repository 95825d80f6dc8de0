"""The process in which `gci.collect.apart` has files checked: python -m gci.collect.checker SOCKET."""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import time
import traceback
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path

from gci.collect.check import Checked, check_arrival
from gci.core.records import Kind
from gci.core.worker_pool import RARELY
from gci.reference.validation_context import ValidationContext, rules_of_the_code
from gci.storage.arrival import Arrival

# What reading one file may take, beyond what the process has at rest: bytes of memory, seconds of processor time. The
# largest files that are taken need a fifth of it.
MOST: dict[Kind, tuple[int, int]] = {
    "survey": (1_000_000_000, 60),
    "reviews": (1_000_000_000, 60),
    "decisions": (1_000_000_000, 60),
    "partners": (4_000_000_000, 300),
}


def main(socket: str) -> None:
    """Check the files that come through a socket until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is told, and closes the socket
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    rules_of_the_code()
    gc.freeze()
    gc.set_threshold(*RARELY)
    with Connection(int(socket)) as asked:
        while True:
            try:
                arrival, book = asked.recv()
            except (EOFError, ConnectionError):
                return
            _bound(*MOST[arrival.kind])
            answer = _checked(arrival, book)
            try:
                asked.send(answer)
            except MemoryError as error:
                asked.send(error)


def _checked(arrival: Arrival, book: bytes) -> Checked | Exception:
    try:
        return check_arrival(arrival, _book(book) if book else rules_of_the_code())
    except Exception as error:  # what becomes of it is decided where the question came from
        error.add_note(traceback.format_exc())
        return error


@lru_cache(maxsize=1)
def _book(pickled: bytes) -> ValidationContext:
    book: ValidationContext = pickle.loads(pickled)  # noqa: S301 - from the process that began this one
    return book


def _bound(memory: int, seconds: int) -> None:
    """Bound what this process may take from now on. A bound that it was begun with stays where it is tighter."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    for kind, most in (
        (resource.RLIMIT_AS, pages * os.sysconf("SC_PAGE_SIZE") + memory),
        (resource.RLIMIT_CPU, int(time.process_time()) + 1 + seconds),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(sys.argv[1])
