"""What is kept of a sign-off: from the answer that Airflow recorded to the SignOff that goes into the release."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gci.errors import Blocked
from gci.publish.checksums import sha256
from gci.records import Candidate, SignOff
from gci.sign_off.asked import APPROVED, REJECTED, SHELL, Answerer, Asked, refusal

UNATTENDED = " (gci run)"
"""What `gci run --sign-off NAME` adds to the name that it answers under, so that nobody takes it for a click."""


def approves(answer: dict[str, Any] | None) -> bool:
    """Whether an answer is an approval rather than a rejection.

    Args:
        answer: what the task `sign_off` returned: chosen_options, params_input (digest, note), responded_at,
            responded_by_user, answerer, asked.

    Raises:
        Blocked: it is neither, or it does not count: nobody gave it, not somebody who may, for another file, too late.
    """
    if not answer:
        raise Blocked("Nobody has answered: silence never approves. Nothing was published.")
    chosen = answer.get("chosen_options")
    if chosen not in ([APPROVED], [REJECTED]):
        raise Blocked(f"The sign-off was not given: {_told(answer)}. Nothing was published.")
    if not _responder(answer):
        raise Blocked("The answer names nobody who gave it, so it does not count. Nothing was published.")
    refused = refusal(Asked.of(answer["asked"]), _answerer(answer), _digest(answer), _moment(answer["responded_at"]))
    if refused:
        raise Blocked(f"{refused.message} Nothing was published.")
    return bool(chosen == [APPROVED])


def sign_off(answer: dict[str, Any] | None, candidate_digest: str) -> SignOff:
    """The sign-off that an approval stands for.

    Args:
        answer: what the task `sign_off` returned, see `approves`.
        candidate_digest: SHA-256 of the candidate that was asked about.

    Raises:
        Blocked: the answer is no approval, or it does not count.
    """
    if not approves(answer) or answer is None:
        raise Blocked(f"The sign-off was not given: {_told(answer or {})}. Nothing was published.")
    if _digest(answer) != candidate_digest:
        raise Blocked(f"The approval is for {_digest(answer)}, not for {candidate_digest}. Nothing was published.")
    shell = _answerer(answer).role == SHELL
    return SignOff(
        name=_responder(answer).removesuffix(UNATTENDED) if shell else _responder(answer),
        signed_at=_moment(answer["responded_at"]).isoformat(),
        note=_note(answer),
        candidate_digest=candidate_digest,
        via="gci run" if shell else "airflow",
    )


def reject(candidate: Candidate, answer: dict[str, Any]) -> str:
    """Keep that the candidate was rejected, by whom and why.

    It is kept for the bytes that were rejected: the same ones stay rejected when they are built anew, others are not.

    Returns:
        By whom and why, in a sentence.
    """
    said = {
        "by": _responder(answer) or "nobody named",
        "at": _moment(answer["responded_at"]).isoformat(),
        "note": _note(answer),
    }
    file = _rejection_file(candidate)
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return _sentence(candidate, said)


def rejection(candidate: Candidate) -> str | None:
    """By whom and why the candidate was rejected, in a sentence; None when it was not."""
    if not candidate.database.is_file():
        return None
    file = _rejection_file(candidate)
    return _sentence(candidate, json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _rejection_file(candidate: Candidate) -> Path:
    return candidate.folder.parent / "rejections" / f"{sha256(candidate.database)}.json"


def _sentence(candidate: Candidate, rejection: dict[str, str]) -> str:
    why = f": {rejection['note']}" if rejection["note"] else ", without a note"
    return (
        f"{candidate.edition} vintage {candidate.vintage} was rejected by {rejection['by']} "
        f"at {rejection['at']}{why}. Nothing was published; the candidate stays in {candidate.folder}."
    )


def _told(answer: dict[str, Any]) -> str:
    chosen = ", ".join(answer.get("chosen_options") or ["no answer"])
    return f"{chosen} by {_responder(answer) or 'nobody named'}"


def _responder(answer: dict[str, Any]) -> str:
    user = answer.get("responded_by_user") or {}
    return str(user.get("name") or user.get("id") or "").strip()


def _answerer(answer: dict[str, Any]) -> Answerer:
    """Who answered, as the server knew them when it recorded the answer; nobody who may, when it did not say."""
    known = answer.get("answerer") or {"names": [_responder(answer)], "role": None}
    return Answerer(tuple(known["names"]), known["role"])


def _digest(answer: dict[str, Any]) -> str | None:
    given = str((answer.get("params_input") or {}).get("digest") or "").strip()
    return given or None


def _note(answer: dict[str, Any]) -> str:
    return str((answer.get("params_input") or {}).get("note") or "").strip()


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC).replace(microsecond=0)
