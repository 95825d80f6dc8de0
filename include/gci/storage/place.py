"""Where a file lies in the inbox, and what that says about it."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gci.core.records import Kind
from gci.storage.whole import unfinished

# What programs that transfer files call one that is not there yet.
_UNFINISHED = (
    *(".part", ".partial", ".filepart", ".tmp", ".temp", ".upload", ".uploading", ".incomplete", ".unfinished"),
    *(".inprogress", ".writing", ".crdownload", ".download", ".opdownload", ".!ut", ".aria2", ".swp", ".lock", "~"),
)
HOMES = {
    "survey": "inbox/survey/<edition>/",
    "reviews": "inbox/reviews/<edition>/",
    "decisions": "inbox/decisions/<edition>/",
    "partners": "inbox/partners/<source>/",
}


@dataclass(frozen=True)
class Place:
    """What the folder of a file says.

    Attributes:
        folder: source (partners) or edition (all others) by the folder's name; None outside an inbox.
        problem: code of what is wrong with the place; None when it is right or outside an inbox.
        values: what the problem's text needs.
    """

    folder: str | None = None
    problem: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


def place_of(path: Path, kind: Kind, known: Iterable[str]) -> Place:
    """What the folder of `path` says, `known` being the names that folders may have."""
    inside = inside_inbox(path, kind)
    if inside is None:
        return Place()
    if len(inside) != 2:
        where = "/".join(("inbox", kind, *inside[:-1])) + "/"
        return Place(None, "wrong_place", {"where": where, "expected": HOMES[kind]})
    folder = inside[0]
    if folder not in known:
        return Place(folder, "unknown_folder", {"found": folder, "known": ", ".join(sorted(known))})
    return Place(folder)


def inside_inbox(path: Path, kind: Kind) -> tuple[str, ...] | None:
    """The parts of the path below inbox/<kind>/; None when it does not lie there."""
    parts = path.absolute().parts
    for index in range(len(parts) - 2, 0, -1):
        if parts[index - 1 : index + 1] == ("inbox", kind):
            return parts[index + 1 :]
    return None


def left_alone(path: Path) -> str | None:
    """Why a path in the inbox is not collected and stays where it is; None when it is to be collected."""
    if path.name.startswith(("~$", ".~lock.")):
        return "a lock file of an office program that has the table of this name open: it goes when the table is closed"
    if path.name.startswith("."):
        return "a hidden file, as uploads are called before they are complete: rename it to have it collected"
    if path.name.lower().endswith(_UNFINISHED):
        return "an unfinished upload by its name: it is still being written and waits; rename it when it is complete"
    if path.is_symlink():
        return "a link and not a file: put the file itself here"
    try:
        status = path.stat()
    except FileNotFoundError:
        return "gone: another run has collected it, or it was taken away"
    if not stat.S_ISREG(status.st_mode):
        return "not a file"
    if status.st_size == 0 and _upload_beside(path):
        return "an empty file that keeps the place of an upload beside it: it is still being written and waits"
    return unfinished(path)


def _upload_beside(path: Path) -> bool:
    """Whether an upload of this file lies beside it, as browsers and clients of file servers do it."""
    return any(path.with_name(path.name + ending).exists() for ending in _UNFINISHED)
