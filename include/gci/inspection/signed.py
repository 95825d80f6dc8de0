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
from gci.sign_off.signed import SignedAnswer, said_in, verified
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
    not_held: list[str] = []
    try:
        with reading_json(file, "Bring it back from a backup."):
            given = json.loads(file.read_bytes())
            answer = _said_in(given)
        if _can_be_verified(given, release, not_held, folders):
            verified(given, folders)
    except Blocked as error:
        return [{"where": str(file), "what": str(error)}], []
    said, signed = release.document["sign_off"], asdict(as_sign_off(answer))
    found = [
        {"where": "release.json", "what": f"sign_off.{name} is {said.get(name)!r}, but {signed[name]!r} was signed"}
        for name in signed
        if said.get(name) != signed[name]
    ]
    return found if answer.approves else [*found, {"where": str(file), "what": "is a rejection"}], not_held


def _said_in(given: Any) -> SignedAnswer:
    try:
        return said_in(given)
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is JSON, but no signed answer: {error!r}") from error


def _can_be_verified(given: Any, release: Release, not_held: list[str], folders: DataFolders) -> bool:
    """Whether this server has the key that an answer was signed with; what cannot be held is told where it has not."""
    rests = f"that {release.name} was signed so rests on its papers and on what landing noted of them."
    try:
        own = keys.fingerprint(folders)
    except Blocked as error:
        not_held.append(f"{error} So {rests}")
        return False
    if given.get("key") != own:
        not_held.append(f"The answer is signed with another key ({given.get('key')}) than that of now ({own}): {rests}")
        return False
    return True
