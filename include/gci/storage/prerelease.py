"""The ledger of copies that were given before a release: one file a copy, append-only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from gci.core import canonical_json
from gci.core.paths import DataFolders
from gci.storage.damage import reading_json
from gci.storage.landing import write_once


@dataclass(frozen=True)
class Copy:
    """A copy of a release that somebody got before it was out.

    Attributes:
        edition: the edition.
        vintage: the vintage that it was to become.
        candidate_digest: SHA-256 of the file that had been approved.
        reader: for whom, as the decision has it; the file carries the name.
        at: when it was made, ISO 8601 UTC.
        reason: why they may read it.
        author: who wrote the decision.
        approver: who approved it.
        decision: its id.
        file: name of the copy.
        sha256: SHA-256 of its bytes.
    """

    edition: str
    vintage: int
    candidate_digest: str
    reader: str
    at: str
    reason: str
    author: str
    approver: str
    decision: str
    file: str
    sha256: str


def record(copy: Copy, folders: DataFolders) -> None:
    """Write a copy down. Raises OSError when the disk refuses."""
    folders.prerelease.mkdir(parents=True, exist_ok=True)
    text = canonical_json.document(asdict(copy))
    write_once(folders.prerelease / f"{copy.sha256}.json", lambda out: out.write(text), folders)


def copies(edition: str, vintage: int, folders: DataFolders) -> list[Copy]:
    """The copies of what was to become a vintage, oldest first. Raises Damaged where an entry cannot be read."""
    found = [_read(path) for path in sorted(folders.prerelease.glob("[!.]*.json"))]
    of_it = [one for one in found if (one.edition, one.vintage) == (edition, vintage)]
    return sorted(of_it, key=lambda one: (one.at, one.reader, one.sha256))


def _read(path: Path) -> Copy:
    with reading_json(path, "Bring landing/ back from the newest backup, with all that landed since."):
        try:
            return Copy(**json.loads(path.read_bytes()))
        except TypeError as error:
            raise ValueError(f"it is JSON, but no entry of a copy: {error}") from error
    raise AssertionError  # reading_json lets nothing fall through
