"""Holds what a release says of its signer against the signed answer that it went out on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.sign_off import keys
from gci.sign_off.record import as_sign_off, kept_file
from gci.sign_off.signed import verified
from gci.storage.damage import reading_json
from gci.storage.release_log import Release
from gci.storage.released import known

Differences = list[dict[str, Any]]


def on_landings_record(release: Release, folders: DataFolders) -> Differences:
    """Papers of a release that are not those that landing noted when it went out."""
    noted = [one for one in known(folders) if (one.edition, one.vintage) == (release.edition, release.vintage)]
    return [
        {"where": name, "what": f"is not what landing noted when {release.name} went out: SHA-256 {digest}"}
        for one in noted
        for name, digest in one.files.items()
        if not (release.folder / name).is_file() or sha256(release.folder / name) != digest
    ]


def against_the_answer(release: Release, folders: DataFolders) -> tuple[Differences, list[str]]:
    """Where the sign-off in a release's papers is not what its signer's answer says, which the server signed.

    Returns:
        What differs, and in sentences what could not be held.
    """
    file = kept_file(release.document["candidate_digest"], folders)
    if not file.is_file():
        return [], [f"No signed answer is kept of {release.name}: who signed it, when and why rests on its papers."]
    try:
        keys.fingerprint(folders)
    except Blocked as error:
        return [], [f"The signature under {release.name} cannot be held: {error}"]
    try:
        with reading_json(file, "Bring it back from a backup."):
            answer = verified(json.loads(file.read_bytes()), folders)
    except Blocked as error:
        return [{"where": str(file), "what": str(error)}], []
    said, signed = release.document["sign_off"], asdict(as_sign_off(answer))
    found = [
        {"where": "release.json", "what": f"sign_off.{name} is {said.get(name)!r}, but {signed[name]!r} was signed"}
        for name in signed
        if said.get(name) != signed[name]
    ]
    return found if answer.approves else [*found, {"where": str(file), "what": "is a rejection"}], []
