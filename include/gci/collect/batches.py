"""What waits in the inbox, in portions for workers."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.storage.claim import PREFIX, give_back
from gci.storage.door import storage_of
from gci.storage.place import left_alone

MOST = 200
"""Airflow maps no more than 1,024 tasks at once ([core] max_map_length), and nobody looks through as many."""
UNREADABLE = "a folder that cannot be read"

log = logging.getLogger(__name__)


def home_of(kind: Kind, folders: DataFolders) -> Path:
    """The folder in which the files of a kind wait: below it one for each edition, or source."""
    return storage_of(folders).inbox.at_hand / kind


def waiting(kind: Kind, folders: DataFolders) -> list[Path]:
    """The files of a kind that are to be collected, sorted; also those in a wrong place, so that their sender hears.

    What a killed run was about to take out is back under its name.
    """
    give_back(home_of(kind, folders))
    return lying(kind, folders)


def lying(kind: Kind, folders: DataFolders) -> list[Path]:
    """The same for whoever only looks: nothing is put back under its name."""
    return [path for path, reason in seen(kind, folders) if reason is None]


def passed_over(kind: Kind, folders: DataFolders) -> list[tuple[Path, str]]:
    """What lies in the inbox and is not collected, each with the reason.

    Hidden files, locks, uploads, files that are still being written, links, and folders that may not be read.
    """
    return [(path, reason) for path, reason in seen(kind, folders) if reason is not None]


def batches(kind: Kind, size: int, folders: DataFolders, most: int = MOST) -> list[list[str]]:
    """The waiting files in portions; no portion is empty. Decisions are one: they are held against each other.

    What is passed over is logged.

    Args:
        kind: whose inbox.
        size: files in a portion; more where there would be more than `most` portions.
        folders: the data folder.
        most: how many portions there may be.
    """
    for path, reason in passed_over(kind, folders):
        log.warning("%s stays in the inbox: %s", path, reason)
    paths = [str(path) for path in waiting(kind, folders)]
    size = max(size, -(-len(paths) // most), len(paths) if kind == "decisions" else 1)
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def seen(kind: Kind, folders: DataFolders) -> Iterator[tuple[Path, str | None]]:
    """All that lies below the inbox of a kind, sorted by path, each with the reason to leave it alone if any."""
    found = []
    unreadable: list[OSError] = []
    # Links to folders are listed in `below`, not followed.
    for home, below, files in os.walk(home_of(kind, folders), onerror=unreadable.append):
        links = [name for name in below if (Path(home) / name).is_symlink()]
        hidden = [name for name in below if name.startswith(".")]
        below[:] = [name for name in below if name not in hidden]
        hidden = [name for name in hidden if not name.startswith(PREFIX)]  # about to leave
        found += [Path(home) / name for name in (*files, *links, *hidden)]
    for error in unreadable:
        if not isinstance(error, FileNotFoundError):
            yield Path(error.filename), f"{UNREADABLE} ({error.strerror}): give the right to read it to who collects"
    for path in sorted(found):
        yield path, left_alone(path)
