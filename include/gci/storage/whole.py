"""Whether a file in the inbox is whole: nobody writes to it any more, or, where that cannot be known, it has rested.

Linux grants a lease for reading on a file only while no process has it open for writing. No lease is granted on most
network disks, and none on the file of another user without the right for it: there a file must have been left unchanged
for a while.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from pathlib import Path

from gci.core.errors import WrongUsage

SETTING = "GCI_REST_SECONDS"
_REST = 60.0  # seconds, where the system cannot tell whether a file is open for writing
OPEN = "it is still being written: it waits until whoever writes it has closed it, and is taken by the next run"


def unfinished(path: Path) -> str | None:
    """Why the regular file at `path` may not be whole yet; None when it is, when it is gone, or may not be read."""
    try:
        # Without waiting: another server's lock for writing (an oplock) would hold an ordinary open up.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except BlockingIOError:
        return OPEN
    except OSError:
        return None  # whoever reads it will say so
    try:
        written = has_writer(handle)
        status = os.fstat(handle)
    finally:
        os.close(handle)
    if written:
        return OPEN
    rest = _rest(known=written is not None)
    # A copy may keep an old time of modification, and a sender's clock may be ahead of ours: the earlier one counts.
    if rest and time.time() - min(status.st_mtime, status.st_ctime) < rest:
        return f"it was changed less than {rest:g} s ago ({SETTING}): it is taken once nothing has changed for so long"
    return None


def has_writer(handle: int) -> bool | None:
    """Whether a process has the file open for writing; None where the system cannot tell."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        # A writer that comes while the lease is held is announced by a signal. The usual one would end this process.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _rest(*, known: bool) -> float:
    """The seconds that a file must have rested: as set, or else none where writers are known."""
    said = os.environ.get(SETTING, "")
    if not said:
        return 0.0 if known else _REST
    try:
        rest = float(said)
    except ValueError:
        rest = -1.0
    if not 0 <= rest < float("inf"):
        raise WrongUsage(f"{SETTING} is {said!r}: say in seconds how long a file must rest before it is collected.")
    return rest
