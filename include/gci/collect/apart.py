"""Files of foreign make are read in processes apart, with bounded memory and processor time.

Whatever a file does to its reader, it ends no collection: the end of such a process is a verdict on the one file that
it was at. The processes wait for the next file, so that a file costs no start, and end with the process that asked.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from gci.collect.check import Checked, cannot_be_read
from gci.core.errors import GciError
from gci.diagnostics.messages import Phrase
from gci.reference.validation_context import ValidationContext, rules_of_the_code
from gci.storage.arrival import Arrival

_log = logging.getLogger(__name__)

# From outside of the reader: the machine had no memory left, or somebody ended the process.
_FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP)
_BUSY = Phrase("it would keep the processor busy for longer than a file may")
_ENDED = Phrase("the program that read it has ended at it")


def check_apart(arrival: Arrival, book: ValidationContext) -> Checked:
    """The verdict on a file that has arrived, read in a process of its own.

    Args:
        arrival: the file; its bytes must be there until the verdict is.
        book: what to hold it against.

    Returns:
        What `check_arrival` gives. A file that takes more memory or processor time than one may, or ends the process
        that reads it, is refused. Raises OSError where it cannot be had at all, and GciError where the fault is ours to
        mend: a description of a partner, say.
    """
    own = b"" if book is rules_of_the_code() else pickle.dumps(book)
    for last in (False, True):
        checker = _take()
        try:
            answer = checker.ask(arrival, own)
        except (EOFError, ConnectionError):
            why = checker.end()
            if why in _FROM_OUTSIDE and not last:
                continue
            return cannot_be_read(arrival, book, _named(why))
        except BaseException:
            checker.end()
            raise
        if isinstance(answer, MemoryError):
            checker.end()
            return cannot_be_read(arrival, book, Phrase("it would take more memory than a file may"))
        _give_back(checker)
        break
    if isinstance(answer, OSError | GciError):
        raise answer
    if isinstance(answer, BaseException):  # a fault of the reader, which ends no collection
        _log.error("reading %s failed", arrival.name, exc_info=answer)
        return cannot_be_read(arrival, book, _ENDED)
    return answer


class _Checker:
    """A process that checks one file after another."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", "gci.collect.checker", str(theirs.fileno())]
            quiet = subprocess.DEVNULL
            self.process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=quiet, stdout=quiet, stderr=quiet
            )
        self.connection = Connection(ours.detach())

    def ask(self, arrival: Arrival, book: bytes) -> Checked | BaseException:
        """Have a file checked. Raises EOFError or ConnectionError when the process has ended at it."""
        self.connection.send((arrival, book))
        answer: Checked | BaseException = self.connection.recv()
        return answer

    def end(self) -> int:
        """End the process; gives its exit code, or the signal that ended it below 0."""
        self.connection.close()
        with suppress(subprocess.TimeoutExpired):
            return self.process.wait(timeout=1)  # it ends by itself when nobody listens, if it is not at work
        self.process.kill()
        return self.process.wait()

    def forget(self) -> None:
        """Leave it to the process that this one was split off from."""
        self.connection.close()
        self.process.returncode = 0


_idle: list[_Checker] = []
_lock = threading.Lock()


def _take() -> _Checker:
    with _lock:
        while _idle:
            checker = _idle.pop()
            if checker.process.poll() is None:
                return checker
            checker.connection.close()
    return _Checker()


def _give_back(checker: _Checker) -> None:
    with _lock:
        _idle.append(checker)


def _named(code: int) -> Phrase:
    return _BUSY if code == -signal.SIGXCPU else _ENDED


def _end_all() -> None:
    while _idle:
        _idle.pop().end()


def _forget_all() -> None:
    global _lock
    _lock = threading.Lock()
    while _idle:
        _idle.pop().forget()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_forget_all)
