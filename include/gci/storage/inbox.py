"""Puts files into the inbox that the program makes itself."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from gci.core.errors import TryAgain


def put(path: Path, content: bytes, at: datetime) -> Path:
    """Write a file that appears whole, with `at` as its modification time.

    Raises TryAgain when another file waits under that name: it is somebody's and stays.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        os.utime(unfinished, (at.timestamp(), at.timestamp()))
        os.link(unfinished, path)
    except FileExistsError:
        if path.read_bytes() != content:
            raise TryAgain(f"{path} waits to be collected and is another file: collect it first.") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return path
