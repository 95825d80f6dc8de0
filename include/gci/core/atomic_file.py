"""The atomic rename, and what makes it last: a file or folder is on the disk, whole, before it has its name."""

from __future__ import annotations

import fcntl
import itertools
import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

READ_ONLY = 0o444
"""The mode of what is published: who opens it to write is told at once."""
_TOGETHER = 16
"""Requests that the disk is given at a time."""
log = logging.getLogger(__name__)


def write_over(target: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file in the place of what has its name: readers see the old bytes or the new ones, never a part.

    With a mode the file has that one, e.g. READ_ONLY.

    Raises OSError when the disk refuses; then the old file is as it was.
    """
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as out:
            out.write(content)
            flush(out)
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write_all_over(contents: Mapping[Path, bytes], mode: int | None = None) -> None:
    """`write_over` many files, those that do not hold this already, side by side; their folders are made.

    Each has its old bytes or its new ones; some may be new when the disk refuses. Raises OSError then.
    """
    due = {path: content for path, content in contents.items() if not path.is_file() or path.read_bytes() != content}
    for folder in {path.parent for path in due}:
        folder.mkdir(parents=True, exist_ok=True)
    side_by_side(lambda path: write_over(path, due[path], mode), due)


def side_by_side(act: Callable[[Path], object], paths: Iterable[Path]) -> None:
    """Do to each file what waits for the disk: it takes many requests together in the time of one.

    Raises what the first one that fails raises, when all have ended.
    """
    with ThreadPoolExecutor(_TOGETHER) as pool:
        for done in [pool.submit(act, path) for path in paths]:
            done.result()


def swap(file: Path, current: Path) -> None:
    """Put a copy of `file` in the place of `current`, at once.

    Readers that have the old file open keep it; whoever opens `current` from now on gets the new one. On any error
    `current` is as it was. Raises OSError when the disk refuses.
    """
    with staged(file, current) as copy:
        replace(copy, current)


@contextmanager
def staged(file: Path, current: Path) -> Iterator[Path]:
    """A copy of `file` on the disk beside `current`, under a hidden name, ready to take its place.

    Whatever can fail for want of space has been done when the block begins. The copy is gone when it ends, if it has
    not taken the place. Raises OSError when the disk refuses.
    """
    copy = current.with_name(f".{current.name}.{os.getpid()}")
    try:
        shutil.copyfile(file, copy)
        copy.chmod(READ_ONLY)
        sync(copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def replace(copy: Path, current: Path) -> None:
    """Let a staged copy take its place. Raises OSError when the folder refuses.

    A log of unfinished writes that somebody left beside the old file is put aside first: DuckDB would replay it on the
    new one.
    """
    put_aside_log(current)
    copy.replace(current)
    sync(current.parent)


def put_aside_log(database: Path) -> Path | None:
    """Give a log of unfinished writes beside a file another name, under which nobody reads it; None without one.

    What somebody wrote is not lost: with that name taken back, beside a copy of the file that it was written to, DuckDB
    opens it. Raises OSError when the folder refuses.
    """
    written = write_ahead_log(database)
    if not written.exists():
        return None
    free = (written.with_name(f"{written.name}.{number}") for number in itertools.count(1))
    aside = next(path for path in free if not path.exists())
    written.rename(aside)
    log.warning(
        "%s lay beside the published file: somebody had opened it to write. It is now %s, and nobody reads it. Open "
        "published files read-only, and write to a copy.",
        written,
        aside.name,
    )
    return aside


def is_written_to(database: Path) -> bool:
    """Whether another process has a file open to write, as DuckDB's lock on it tells.

    Once it is replaced, such a process would go on to leave its log beside the new file. Raises OSError when the file
    cannot be opened.
    """
    handle = os.open(database, os.O_RDONLY)
    try:
        fcntl.lockf(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def write_ahead_log(database: Path) -> Path:
    """Where DuckDB keeps writes to a file that are not in it yet. Whoever opens the file sees them as if they were."""
    return database.with_name(f"{database.name}.wal")


def put(folder: Path, release: Path) -> None:
    """Give the finished `folder` the name `release`, its files read-only.

    Raises OSError when there is something of that name already.
    """
    there = sorted(folder.rglob("*"))
    files = [path for path in there if path.is_file()]
    for path in files:
        path.chmod(READ_ONLY)
    side_by_side(sync, files)
    side_by_side(sync, [folder, *(path for path in there if path.is_dir())])
    folder.rename(release)
    sync(release.parent)


def flush(out: IO[Any]) -> None:
    """Wait until what was written to an open file is on the disk. Raises OSError when the disk refuses."""
    out.flush()
    os.fsync(out.fileno())


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError when the disk refuses."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
