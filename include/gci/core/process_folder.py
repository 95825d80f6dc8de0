"""A folder that lasts as long as the process that asked for it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def process_folder(purpose: str) -> Path:
    """A new, empty folder for this process, among the temporary files of the machine.

    It is taken away when the process ends. One that is killed, or ends without Python's own clean-up as the task of
    a scheduler does, leaves its folder behind: whoever next asks for one of the same purpose takes that away.

    Args:
        purpose: what it is for, in a word that becomes part of its name.
    """
    home = Path(tempfile.gettempdir())
    for left in home.glob(f"gci-{purpose}-*-*"):
        maker = left.name.removeprefix(f"gci-{purpose}-").partition("-")[0]
        if maker.isdecimal() and not _runs(int(maker)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"gci-{purpose}-{os.getpid()}-", dir=home))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
