"""Releases that are approved and wait for their hour: which there are, and where they lie.

Landing keeps in `landing/embargoed/`, one file each, append-only, what was approved before its hour and what of that
was withdrawn. The release itself lies in `embargoed/`, which no web server shows, under a name that nobody guesses.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from gci.core import canonical_json
from gci.core.paths import DataFolders
from gci.storage.damage import reading_json
from gci.storage.landing import write_once
from gci.storage.release_log import releases


@dataclass(frozen=True)
class Embargo:
    """A note on a release that is approved and not published.

    Attributes:
        what: `embargoed`, or `withdrawn`: the approval was taken back.
        edition: the edition.
        vintage: the vintage that it becomes.
        sequence: the place that it takes among all releases.
        candidate: name of the candidate's folder.
        digest: SHA-256 of the file that was approved.
        folder: name of the release's folder below `embargoed/`.
        by: who approved it, or who withdrew it.
        at: when, ISO 8601 UTC.
        why: what they said.
    """

    what: Literal["embargoed", "withdrawn"]
    edition: str
    vintage: int
    sequence: int
    candidate: str
    digest: str
    folder: str
    by: str
    at: str
    why: str = ""

    @property
    def name(self) -> str:
        """The release as people write it, e.g. `2026@v1`."""
        return f"{self.edition}@v{self.vintage}"

    def place(self, folders: DataFolders) -> Path:
        """Where the release lies, whole."""
        return folders.embargoed / self.folder


def waiting(folders: DataFolders) -> dict[str, Embargo]:
    """The releases that are approved and wait, by edition.

    One that was withdrawn, that is published, or that something else was published before, waits no more.

    Raises:
        Damaged: a note cannot be read.
        Blocked: a release folder is damaged.
    """
    last = {one.edition: one for one in notes(folders)}
    if not last:
        return {}
    following = len(releases(folders)) + 1
    return {name: one for name, one in last.items() if one.what == "embargoed" and one.sequence == following}


def notes(folders: DataFolders) -> list[Embargo]:
    """All notes, in the order in which they were made. Raises Damaged where one cannot be read."""
    return [_read(path) for path in sorted(folders.noted_embargoes.glob("[0-9]*.json"))]


def note(said: Embargo, folders: DataFolders) -> None:
    """Keep a note. Raises OSError when the disk refuses."""
    folders.noted_embargoes.mkdir(parents=True, exist_ok=True)
    text = canonical_json.document(asdict(said))
    number = len(list(folders.noted_embargoes.glob("[0-9]*.json"))) + 1
    while not write_once(folders.noted_embargoes / f"{number:06}.json", _writer(text), folders):
        number += 1


def withdraw(digest: str, by: str, at: str, why: str, folders: DataFolders) -> Embargo | None:
    """Take back that a file waits for its hour, because it was rejected after it was approved.

    Returns:
        What waited; None when this file does not.
    """
    found = next((one for one in waiting(folders).values() if one.digest == digest), None)
    if found:
        note(Embargo(**asdict(found) | {"what": "withdrawn", "by": by, "at": at, "why": why}), folders)
        sweep(folders)
    return found


def keeps(candidate: str, folders: DataFolders) -> bool:
    """Whether a release waits that is made of the candidate in the folder of this name: it is not planned anew."""
    there = folders.candidates / candidate / "candidate.duckdb"
    return there.is_file() and any(one.candidate == candidate for one in waiting(folders).values())


def unguessable(edition: str, vintage: int) -> str:
    """A name for the folder of a release that waits."""
    return f"{edition}-v{vintage}-{secrets.token_hex(16)}"


def sweep(folders: DataFolders) -> None:
    """Remove releases from `embargoed/` that wait no more, and what a kill left there. With nobody at work there."""
    if not folders.embargoed.is_dir():
        return
    kept = {one.folder for one in waiting(folders).values()}
    for left in folders.embargoed.iterdir():
        if left.name not in kept:
            shutil.rmtree(left, ignore_errors=True)


def _writer(text: bytes) -> Callable[[Any], Any]:
    return lambda out: out.write(text)


def _read(path: Path) -> Embargo:
    with reading_json(path, "Bring landing/ back from the newest backup, with all that landed since."):
        try:
            return Embargo(**json.loads(path.read_bytes()))
        except TypeError as error:
            raise ValueError(f"it is JSON, but no note on a release that waits: {error}") from error
    raise AssertionError  # reading_json lets nothing fall through
