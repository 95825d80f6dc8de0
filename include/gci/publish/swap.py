"""The atomic rename, and what makes it last: a file or folder is on the disk, whole, before it has its name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def swap(file: Path, current: Path) -> None:
    """Put a copy of `file` in the place of `current`, at once.

    Readers that have the old file open keep it; whoever opens `current` from now on gets the new one. On any error
    `current` is as it was. Raises OSError when the disk refuses.
    """
    part = current.with_name(f".{current.name}.{os.getpid()}")
    try:
        shutil.copyfile(file, part)
        sync(part)
        part.replace(current)
    finally:
        part.unlink(missing_ok=True)
    sync(current.parent)


def put(folder: Path, release: Path) -> None:
    """Give the finished `folder` the name `release`. Raises OSError when there is something of that name already."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)
    folder.rename(release)
    sync(release.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError when the disk refuses."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
