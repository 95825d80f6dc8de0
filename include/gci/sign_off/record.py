"""What is kept of a sign-off: from the answer that the server signed to the SignOff that goes into the release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gci.core import canonical_json
from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.ids import SIGN_OFF
from gci.core.paths import REJECTIONS, DataFolders
from gci.core.records import Candidate, SignOff
from gci.sign_off.approval_policy import SHELL, refused_person
from gci.sign_off.reviewers import reviewers
from gci.sign_off.signed import SignedAnswer, verified_for
from gci.storage.landing import write_once

UNATTENDED = " (gci run)"
"""What `gci run --sign-off NAME` adds to the name that it answers under, so that nobody takes it for a click."""


def answered(given: Any, run: tuple[str, str], candidate: Candidate, folders: DataFolders) -> SignedAnswer:
    """The answer that a run of publish_edition got, if it counts: held against everything that it claims.

    Args:
        given: what the task `sign_off` returned, as it came through Airflow; anything may stand in its place.
        run: the DAG and the run that go on with it.
        candidate: the candidate that the run is about.
        folders: where the reviews have landed that it rests on.

    Returns:
        The answer: an approval or a rejection.

    Raises:
        Blocked: nobody gave it, the server did not sign it or signed something else, it answers another request or
        is about
            another file, or who gave it may not: they lack the role, or wrote a review.
    """
    answer = verified_for(given, (*run, SIGN_OFF, -1), folders)
    if not candidate.database.is_file():
        raise Blocked(f"{candidate.database} is not there: build the candidate again. Nothing was published.")
    there = sha256(candidate.database)
    if answer.digest != there:
        raise Blocked(
            f"The answer is for SHA-256 {answer.digest}, but {candidate.database} is {there}. Have this candidate "
            f"signed off, or "
            "build it again. Nothing was published."
        )
    refused = refused_person(answer.answerer, reviewers(candidate, folders))
    if refused:
        raise Blocked(f"{refused.message} Nothing was published.")
    return answer


def sign_off(answer: SignedAnswer, candidate: Candidate) -> SignOff:
    """The sign-off that an approval stands for.

    Args:
        answer: what `answered` gave.
        candidate: the candidate that it is about.

    Raises:
        Blocked: it is no approval, or the same file was rejected after it.
    """
    if not answer.approves:
        raise Blocked(f"The sign-off was not given: {answer.chosen} by {answer.by}. Nothing was published.")
    since = _rejected(candidate)
    if since and _moment(since) > answer.moment:
        raise Blocked(f"After the approval by {answer.by} at {answer.at} {_sentence(candidate, since)}")
    return as_sign_off(answer)


def as_sign_off(answer: SignedAnswer) -> SignOff:
    """What a release says of the approval that it went out on."""
    shell = answer.role == SHELL
    return SignOff(
        name=answer.by.removesuffix(UNATTENDED) if shell else answer.by,
        signed_at=_second(answer.moment),
        note=answer.note,
        candidate_digest=answer.digest,
        via="gci run" if shell else "airflow",
    )


def keep(given: Mapping[str, Any], answer: SignedAnswer, folders: DataFolders) -> None:
    """Keep the signed answer that a release is about to go out on, so that later its papers can be held against it.

    Args:
        given: the answer with its signature, as `answered` took it.
        answer: what it says.
        folders: in whose landing zone it is kept.

    Raises:
        OSError: the disk refuses.
    """
    folders.signed.mkdir(parents=True, exist_ok=True)
    write_answer(given, kept_file(answer.digest, folders), folders)


def write_answer(given: Mapping[str, Any], file: Path, folders: DataFolders) -> None:
    """Write a signed answer into the landing zone, once. Raises OSError when the disk refuses."""
    text = (json.dumps(dict(given), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
    write_once(file, lambda out: out.write(text), folders)


def kept_file(candidate_digest: str, folders: DataFolders) -> Path:
    """Where the signed answer lies that the release of a candidate went out on."""
    return folders.signed / f"{candidate_digest}.json"


def reject(candidate: Candidate, answer: SignedAnswer) -> str:
    """Keep that the candidate was rejected, by whom and why.

    It is kept for the bytes that were rejected: the same ones stay rejected when they are built anew, others are not.
    Of several the latest stays, in whichever order they come: a task of an older run may be cleared and do its work
    anew.

    Returns:
        By whom and why, in a sentence.
    """
    said = {"by": answer.by, "at": answer.moment.isoformat(), "note": answer.note}
    before = _rejected(candidate)
    if before and _moment(before) >= answer.moment:
        return _sentence(candidate, said)
    file = _rejection_file(candidate)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(canonical_json.document(said))
    return _sentence(candidate, said)


def rejection(candidate: Candidate) -> str | None:
    """By whom and why the candidate was rejected, in a sentence; None when it was not."""
    said = _rejected(candidate)
    return _sentence(candidate, said) if said else None


def _rejected(candidate: Candidate) -> dict[str, str] | None:
    if not candidate.database.is_file():
        return None
    file = _rejection_file(candidate)
    if not file.is_file():
        return None
    said: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return said


def _rejection_file(candidate: Candidate) -> Path:
    return candidate.folder.parent / REJECTIONS / f"{sha256(candidate.database)}.json"


def _sentence(candidate: Candidate, rejection: dict[str, str]) -> str:
    why = f": {rejection['note']}" if rejection["note"] else ", without a note"
    return (
        f"{candidate.edition} vintage {candidate.vintage} was rejected by {rejection['by']} "
        f"at {_second(_moment(rejection))}{why}. Nothing was published; the candidate stays in {candidate.folder}."
    )


def _moment(rejection: dict[str, str]) -> datetime:
    return datetime.fromisoformat(rejection["at"]).astimezone(UTC)


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
