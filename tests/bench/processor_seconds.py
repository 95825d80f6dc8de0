"""Processor seconds of a command and of every process that it starts, also of those that outlive it.

    python tests/bench/processor_seconds.py gci run --edition 2024

`time` leaves out what nobody waits for, and the engines are such: they end when whoever asked them is gone. Here they
are adopted (PR_SET_CHILD_SUBREAPER), waited for and counted.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of <sys/prctl.h>


def processor_seconds(command: Sequence[str], **how: Any) -> tuple[int, float, float]:
    """Run a command to its end, and to the end of all that it started.

    Args:
        command: the command.
        how: further arguments of subprocess.Popen.

    Returns:
        Its exit code, processor seconds (user and system) of all of it, and wall-clock seconds of the command itself.
    """
    adopt()
    before, began = spent(), time.perf_counter()
    process = subprocess.Popen(command, **how)
    code = process.wait()
    wall = time.perf_counter() - began
    await_all()
    return code, spent() - before, wall


def adopt() -> None:
    """From now on processes whose parent has ended become children of this one."""
    ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def await_all() -> None:
    """Wait until no child is left."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def spent() -> float:
    """Processor seconds of the children that have been waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run the command of the command line and say on stderr what it cost."""
    code, seconds, wall = processor_seconds(sys.argv[1:])
    sys.stderr.write(f"{seconds:.1f} processor seconds, {wall:.1f} s on the clock: {' '.join(sys.argv[1:])}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
