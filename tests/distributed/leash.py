"""Runs a command that never outlives whoever asked for it: `python leash.py COMMAND…`, with a pipe as standard input.

When nobody holds the pipe any more (a test that was killed cannot clean up), or the command ends, all that it started
is killed, also what has left its process group or its parent, or has become another user.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2): who loses its parent becomes a child of this process, not of init


def descendants(pid: int) -> set[int]:
    """The processes that a process has started, those that they have started, and so on."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, next_ones = set(), [pid]
    while next_ones:
        next_ones += children.get(one := next_ones.pop(), [])
        found.add(one)
    return found - {pid}


def kill_all() -> None:
    """Kill all descendants; one that starts another meanwhile is met in the next round."""
    while left := descendants(os.getpid()):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.wait()


def main(command: list[str]) -> None:
    """Run the command to its end, or to that of the pipe."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    pid = subprocess.Popen(command, stdin=subprocess.DEVNULL).pid
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))

    def watch() -> None:
        sys.stdin.buffer.read()
        kill_all()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    while (ended := os.wait())[0] != pid:
        pass
    kill_all()
    os._exit(os.waitstatus_to_exitcode(ended[1]) & 0xFF)


if __name__ == "__main__":
    main(sys.argv[1:])
