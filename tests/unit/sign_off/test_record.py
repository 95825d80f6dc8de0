"""What is kept of an answer: who, when, which note, for which file; and that nothing but an approval counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gci.errors import Blocked
from gci.records import Candidate
from gci.sign_off.record import reject, rejection, sign_off


def _answer(option: str = "Approve", responder: str | None = "index team", note: str | None = None) -> dict[str, Any]:
    """An answer as the task `sign_off` returns it."""
    return {
        "chosen_options": [option],
        "params_input": {"digest": "abc123", "note": note},
        "responded_at": datetime(2026, 3, 1, 9, 30, 15, 421, tzinfo=UTC),
        "responded_by_user": responder and {"id": responder, "name": responder},
        "answerer": {"names": [responder], "role": "publisher"},
        "asked": {"digest": "abc123", "reviewers": ["A. Reviewer"], "until": "2026-03-14T09:00:00+00:00"},
    }


def test_an_approval_says_who_when_why_and_for_which_file() -> None:
    signed = sign_off(_answer(note=" checked against the printed table "), "abc123")
    assert (signed.name, signed.signed_at, signed.note) == (
        "index team",
        "2026-03-01T09:30:15+00:00",
        "checked against the printed table",
    )
    assert (signed.candidate_digest, signed.via) == ("abc123", "airflow")


def test_an_unattended_approval_is_marked_as_one() -> None:
    by = {"names": ["index team"], "role": "shell"}
    signed = sign_off(_answer(responder="index team (gci run)") | {"answerer": by}, "abc123")
    assert (signed.name, signed.via) == ("index team", "gci run")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_answer(option="Reject"), "Reject by index team"),
        (_answer(responder=None), "names nobody"),
        (_answer(responder="  "), "names nobody"),
        ({"chosen_options": [], "responded_by_user": None}, "no answer"),
        (_answer() | {"chosen_options": ["Approve", "Reject"]}, "Approve, Reject"),
        (None, "silence never approves"),
        (_answer() | {"answerer": None}, "Only the role publisher"),
        (_answer() | {"answerer": {"names": ["index team"], "role": None}}, "Only the role publisher"),
        (_answer() | {"answerer": {"names": ["index team", "a.  reviewer"], "role": "publisher"}}, "wrote a review"),
        (_answer() | {"params_input": {"note": None}}, "does not say which file"),
        (_answer() | {"params_input": {"digest": "def456", "note": None}}, "another file"),
        (_answer() | {"responded_at": datetime(2026, 3, 14, 9, 0, 1, tzinfo=UTC)}, "after its time"),
    ],
)
def test_whatever_is_no_approval_by_someone_who_may_blocks(answer: dict[str, Any] | None, said: str) -> None:
    with pytest.raises(Blocked, match=said):
        sign_off(answer, "abc123")


def test_an_approval_of_another_file_than_the_one_that_is_published_blocks() -> None:
    with pytest.raises(Blocked, match="The approval is for abc123"):
        sign_off(_answer(), "def456")


def _candidate(folder: Path, built: bytes) -> Candidate:
    folder.mkdir(parents=True)
    (folder / "candidate.duckdb").write_bytes(built)
    return Candidate("2024", 2, folder, "0" * 64)


def test_a_rejection_is_kept_for_the_bytes_that_were_rejected(tmp_path: Path) -> None:
    candidate = _candidate(tmp_path / "2024-v2-one", b"as built")
    assert rejection(candidate) is None
    said = reject(candidate, _answer(option="Reject", note="EST looks wrong"))
    assert rejection(candidate) == said
    assert said.startswith("2024 vintage 2 was rejected by index team at 2026-03-01T09:30:15+00:00: EST looks wrong.")

    assert rejection(_candidate(tmp_path / "2024-v2-same", b"as built")) is not None
    assert rejection(_candidate(tmp_path / "2024-v2-mended", b"built anew")) is None


def test_what_is_not_built_is_not_rejected(tmp_path: Path) -> None:
    assert rejection(Candidate("2024", 2, tmp_path, "0" * 64)) is None
