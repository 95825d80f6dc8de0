"""Publishes what was approved before its hour, when the hour has come: late where nobody was there, never early."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.publish.embargo import is_held
from gci.publish.release import publish
from gci.reference.release_hour import release_hours
from gci.sign_off.approval_policy import refused_person
from gci.sign_off.record import keep, sign_off, write_answer
from gci.sign_off.reviewers import candidate_named, reviewers
from gci.sign_off.signed import SignedAnswer, verified
from gci.storage.damage import reading_json
from gci.storage.embargo import Embargo, waiting

log = logging.getLogger(__name__)


def due(folders: DataFolders) -> list[Embargo]:
    """The releases whose hour has come. Why another waits on is said in the log."""
    found = []
    for edition, one in sorted(waiting(folders).items()):
        held = is_held(edition, folders)
        if held:
            log.info("%s", held)
        else:
            found.append(one)
    return found


def publish_waiting(one: Embargo, folders: DataFolders) -> Path:
    """Publish a release whose hour has come.

    The approval is held once more against everything that it claims: the server's signature, the file, who gave it, and
    that it was not taken back since.

    Args:
        one: what waits.
        folders: the data folder.

    Returns:
        The folder of the release.

    Raises:
        Blocked: the approval does not count any more, or something else that must hold does not.
        TryAgain: another publication is under way, or the disk refused.
    """
    candidate = candidate_named(one.candidate, folders)
    given = _kept(one, folders)
    answer = verified(given, folders)
    if answer.digest != one.digest:
        raise Blocked(f"The approval of {one.name} that was kept is about another file. Nothing was published.")
    refused = refused_person(answer.answerer, reviewers(candidate, folders))
    if refused:
        raise Blocked(f"{refused.message} Nothing was published.")
    signed = sign_off(answer, candidate)
    if is_held(one.edition, folders) is None:
        keep(given, answer, folders)
    return publish(candidate, signed, folders)


def lay_again(edition: str, folders: DataFolders) -> Path | None:
    """Have a release that waits say what is so by now: its hour, who got a copy, who answered drafts.

    So that one rename publishes it at its hour, and so that it is told before, not at the hour, where its approval does
    not count any more.

    Returns:
        Its folder; None where none waits for an hour to come.

    Raises:
        Blocked, TryAgain: as `publish_waiting`.
    """
    one = waiting(folders).get(edition)
    return (
        publish_waiting(one, folders)
        if one and is_held(edition, folders) and edition in release_hours(folders)
        else None
    )


def keep_until_then(given: Mapping[str, Any], answer: SignedAnswer, folders: DataFolders) -> None:
    """Keep the signed answer to a release that may have to wait for its hour.

    Args:
        given: the document with its signature, as the task `sign_off` returned it.
        answer: what it says, held against the signature.
        folders: where landing lies.

    Raises:
        OSError: the disk refuses.
    """
    folders.noted_embargoes.mkdir(parents=True, exist_ok=True)
    write_answer(given, _file(answer.digest, answer.moment.replace(microsecond=0).isoformat(), folders), folders)


def _kept(one: Embargo, folders: DataFolders) -> dict[str, Any]:
    file = _file(one.digest, one.at, folders)
    if not file.is_file():
        raise Blocked(
            f"{file} is not there: the approval of {one.name} by {one.by}. Bring landing/ back from the newest backup, "
            "or have it signed off anew. Nothing was published."
        )
    with reading_json(file, "Bring it back from a backup, or have it signed off anew."):
        given: dict[str, Any] = json.loads(file.read_bytes())
        return given
    raise AssertionError  # reading_json lets nothing fall through


def _file(digest: str, at: str, folders: DataFolders) -> Path:
    return folders.noted_embargoes / f"answer-{digest}-{at.replace(':', '')}.json"
