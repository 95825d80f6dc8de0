"""Which candidates wait for a sign-off: built, passed, and still the next vintage on top of what is published."""

from __future__ import annotations

import json
import logging

from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.gates import BEFORE_SIGN_OFF
from gci.core.modified import modified_ns
from gci.core.paths import DataFolders
from gci.core.records import ASKED, Candidate
from gci.publish.preconditions import passed
from gci.storage.damage import Damaged, reading_json
from gci.storage.release_log import Release, releases

log = logging.getLogger(__name__)


def pending(folders: DataFolders, edition: str | None = None) -> list[Candidate]:
    """The candidates that could be published now, newest first.

    Args:
        folders: the data folder.
        edition: only those of this edition.

    Returns:
        Candidates that passed the gates before the sign-off and were built on exactly the releases that are published
        now. Rejected ones are among them: whoever asks again says so.
    """
    from gci.build.candidate import readable

    published = {(release.edition, release.vintage) for release in releases(folders)}
    found = []
    for candidate in readable(folders):
        if not candidate.database.is_file():
            continue
        if edition in (None, candidate.edition) and _next(candidate, published) and _passed(candidate):
            found.append(candidate)
    return sorted(found, key=lambda one: (modified_ns(one.database) or 0, one.folder.name), reverse=True)


def published_already(out: Release) -> str:
    """Why nobody is asked about a file, or asked any more: it has gone out."""
    return (
        f"This file is published as {out.name}, signed by {out.document['sign_off']['name']}: there is nothing left to "
        "answer. A correction is a new return or review, and becomes the next vintage."
    )


def void(digest: str, folders: DataFolders) -> str | None:
    """Why a request about a file stands no more: another one of its edition waits. None when it does stand.

    Args:
        digest: SHA-256 of the file that is asked about.
        folders: the data folder.
    """
    ready = pending(folders)
    digests = [sha256(one.database) for one in ready]
    if digest not in digests:
        anew = next((one for one in ready if digest in asked_before(one)), None)
        if anew is None:
            return None  # whether it may still go out is held elsewhere: another release, a failed gate
        return (
            f"This request is void: its candidate was built anew ({anew.folder.name}), by another version of the "
            "program or on other releases, and its file is another one. Nothing was published. Trigger publish_edition "
            "to ask about that one."
        )
    place = digests.index(digest)
    newer = next((one for one in ready[:place] if one.edition == ready[place].edition), None)
    if newer is None:
        return None
    return (
        f"This request is void: a newer candidate of {newer.edition} waits ({newer.folder.name}), since more has come "
        "in, or the program or its seeds are others. Nothing was published. Trigger publish_edition to ask about that "
        "one."
    )


def mark_asked(candidate: Candidate, digest: str, run_id: str) -> None:
    """Keep that someone is being asked about the candidate's file, and in which run; what was asked before stays."""
    before = [one for one in _requests(candidate) if one["digest"] != digest]
    said = {"digest": digest, "run_id": run_id} | ({"before": before} if before else {})
    (candidate.folder / ASKED).write_text(json.dumps(said, sort_keys=True) + "\n", encoding="utf-8")


def asked_in(candidate: Candidate) -> str | None:
    """The run in which someone has been asked about the candidate's file as it is; None when nobody has."""
    known = _requests(candidate)
    now = sha256(candidate.database) if known and candidate.database.is_file() else None
    return next((one["run_id"] for one in known if one["digest"] == now), None)


def asked_before(candidate: Candidate) -> dict[str, str]:
    """The runs in which someone was asked about what the candidate was before it was built anew, by SHA-256."""
    known = _requests(candidate)
    now = sha256(candidate.database) if known and candidate.database.is_file() else None
    return {one["digest"]: one["run_id"] for one in known if one["digest"] != now}


def _requests(candidate: Candidate) -> list[dict[str, str]]:
    """Every request about the candidate, the newest first."""
    file = candidate.folder / ASKED
    if not file.is_file():
        return []
    try:
        with reading_json(file, "It does not count: whoever has to answer is asked anew."):
            asked = json.loads(file.read_bytes())
            found = [asked, *asked.get("before", ())]
            return [{"digest": str(one["digest"]), "run_id": str(one["run_id"])} for one in found]
    except (Damaged, KeyError, TypeError, AttributeError) as error:
        log.warning("%s: %s", file, error)
    return []


def _next(candidate: Candidate, published: set[tuple[str, int]]) -> bool:
    """Whether it would be the next vintage, and was built on what is published now."""
    from gci.build.candidate import PLAN_AGAIN

    vintages = [vintage for edition, vintage in published if edition == candidate.edition]
    path = candidate.folder / "releases.json"
    try:
        with reading_json(path, PLAN_AGAIN):
            built_on = {(row["edition"], row["vintage"]) for row in json.loads(path.read_bytes())}
    except (OSError, Damaged, KeyError, TypeError) as error:
        log.warning("%s: %s", path, error)
        return False
    return candidate.vintage == max(vintages, default=0) + 1 and built_on == published


def _passed(candidate: Candidate) -> bool:
    """Whether the gates before the sign-off have passed, on the file that is there: nobody is asked about another."""
    held = [(candidate.folder / "gates" / f"{gate}.json").is_file() for gate in BEFORE_SIGN_OFF]
    if not all(held):  # on its way: nothing is wrong with it
        return False
    digest = sha256(candidate.database)
    try:
        for gate in BEFORE_SIGN_OFF:
            passed(gate, candidate, digest)
    except Blocked as error:
        log.info("%s is not asked about: %s", candidate.folder, error)
        return False
    return True
