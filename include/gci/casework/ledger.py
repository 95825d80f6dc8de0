"""The ledger of letters of queries: which case was asked about when. One file a letter; nothing is ever rewritten."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Any

from gci.core import canonical_json, clock
from gci.core.paths import DataFolders
from gci.storage.damage import Damaged, reading_json
from gci.storage.landing import write_once

log = logging.getLogger(__name__)


def record(edition: str, iso3: str, language: str, cases: Sequence[dict[str, Any]], folders: DataFolders) -> str:
    """Write down that a letter about these cases went out now.

    Args:
        edition: the edition.
        iso3: the state that was asked.
        language: language of the letter.
        cases: what it asked about: case_id, kind and subject of each.
        folders: where the ledger lies.

    Returns:
        SHA-256 of the entry. The same letter recorded twice in one second is one entry.
    """
    folders.letters.mkdir(parents=True, exist_ok=True)
    entry = {
        "edition": edition,
        "iso3": iso3,
        "language": language,
        "sent_at": clock.now().isoformat().removesuffix("+00:00"),
        "cases": [{name: case[name] for name in ("case_id", "kind", "subject")} for case in cases],
    }
    text = canonical_json.document(entry)
    digest = hashlib.sha256(text).hexdigest()
    write_once(folders.letters / f"{digest}.json", lambda out: out.write(text), folders)
    return digest


def letters(folders: DataFolders) -> list[dict[str, Any]]:
    """All letters that were recorded, oldest first, each with the digest of its entry as `letter`.

    An entry that is not what was written is told of and left out.
    """
    found = []
    for path in sorted(folders.letters.glob("[!.]*.json")):
        try:
            with reading_json(path, "It is left out: bring it back from a backup, or send the letter again."):
                content = path.read_bytes()
                entry = json.loads(content)
                if hashlib.sha256(content).hexdigest() != path.stem:
                    raise ValueError("it is not the letter that was recorded")
                found.append(entry | {"letter": path.stem})
        except Damaged as error:
            log.warning("%s", error)
    return sorted(found, key=lambda one: (one["sent_at"], one["letter"]))
