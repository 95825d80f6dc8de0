"""Which seeds of the program an edition rested on, from when on: one note whenever they changed. Append-only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from gci.core import canonical_json, clock
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.core.versions import code_version
from gci.storage.damage import reading_json
from gci.storage.landing import write_once


@dataclass(frozen=True)
class SeedNote:
    """The seeds from a moment on.

    Attributes:
        edition: the edition that they touch.
        at: when they were first planned with, ISO 8601 UTC.
        code_version: of the program.
        seeds: by seed the SHA-256 over those of its rows that touch the edition, without any decision.
    """

    edition: str
    at: str
    code_version: str
    seeds: Mapping[str, str]

    @property
    def moment(self) -> datetime:
        """When they were first planned with."""
        return datetime.fromisoformat(self.at)


def note_seeds(edition: str, seeds: Mapping[str, str], folders: DataFolders) -> None:
    """Note the seeds that an edition rests on, unless they are those of its newest note.

    Raises:
        Damaged: a note cannot be read.
        TryAgain: the disk refuses.
    """
    known = seed_notes(edition, folders)
    if known and dict(known[-1].seeds) == dict(seeds):
        return
    text = canonical_json.document(asdict(SeedNote(edition, clock.now().isoformat(), code_version(), dict(seeds))))
    name = f"{edition}-{hashlib.sha256(text).hexdigest()[:16]}.json"
    try:
        folders.seed_notes.mkdir(parents=True, exist_ok=True)
        write_once(folders.seed_notes / name, lambda out: out.write(text), folders)
    except OSError as error:
        raise TryAgain(
            f"{folders.seed_notes} cannot be written to: {error}. Mend that and call again; nothing was changed."
        ) from error


def seed_notes(edition: str, folders: DataFolders) -> list[SeedNote]:
    """The notes on an edition, oldest first. Raises Damaged when one cannot be read."""
    found = []
    for path in sorted(folders.seed_notes.glob(f"{edition}-*.json")):
        with reading_json(path, "Bring landing/ back from the newest backup, with all that landed since."):
            try:
                found.append(SeedNote(**json.loads(path.read_bytes())))
            except TypeError as error:
                raise ValueError(f"it is JSON, but no note on seeds: {error}") from error
    return sorted(found, key=lambda one: one.moment)
