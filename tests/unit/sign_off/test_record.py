"""Which answers count for a candidate, and what is kept of them: who, when, which note, for which file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.sign_off import keys
from gci.sign_off.record import answered, reject, rejection, sign_off
from gci.sign_off.reviewers import candidate_named, candidate_of, reviewers
from gci.sign_off.signed import SignedAnswer
from gci.storage.chain import landed_digests, seal
from landed import land_review, landed

RUN = ("publish_edition", "manual__1")
VERDICTS = [("EST", "lm1", "confirmed", None)]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """A data folder in which reviews of 2024 by two people have landed, and one of 2020."""
    monkeypatch.delenv(keys.PRIVATE, raising=False)
    monkeypatch.delenv(keys.PUBLIC, raising=False)
    folders = DataFolders(tmp_path)
    for reviewer in ("A. Reviewer", "B. Second"):
        land_review(folders, "2024", VERDICTS, reviewer=reviewer)
    land_review(folders, "2020", VERDICTS, reviewer="C. Third")
    seal(folders)
    keys.ready(folders)
    return folders


def _candidate(folders: DataFolders, name: str = "2024-v2-one", built: bytes = b"as built") -> Candidate:
    folder = folders.candidates / name
    folder.mkdir(parents=True)
    inputs = [
        *({"kind": "reviews", "edition": "2024", "digest": one} for one in landed_digests("reviews", folders, "2024")),
        {"kind": "reviews", "edition": "2020", "digest": "9" * 64},
        {"kind": "survey", "edition": "2024", "digest": "8" * 64},
    ]
    told = {"edition": "2024", "vintage": 2, "inputs_digest": "0" * 64, "inputs": inputs}
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "candidate.duckdb").write_bytes(built)
    return Candidate("2024", 2, folder, "0" * 64)


def _answer(candidate: Candidate, **more: Any) -> SignedAnswer:
    return SignedAnswer(
        **{
            "dag_id": RUN[0],
            "run_id": RUN[1],
            "task_id": "sign_off",
            "map_index": -1,
            "tries": 3,
            "digest": sha256(candidate.database),
            "chosen": "Approve",
            "user": "7",
            "by": "index team",
            "names": ("index team", "team@example.org"),
            "role": "publisher",
            "at": "2026-03-01T09:30:15.000421+00:00",
            "note": "",
        }
        | more
    )


def test_an_approval_says_who_when_why_and_for_which_file(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    given = _answer(candidate, note="checked against the printed table")
    assert answered(given.signed(folders), RUN, candidate, folders) == given
    signed = sign_off(given, candidate)
    assert (signed.name, signed.signed_at, signed.note) == (
        "index team",
        "2026-03-01T09:30:15+00:00",
        "checked against the printed table",
    )
    assert (signed.candidate_digest, signed.via) == (sha256(candidate.database), "airflow")


def test_an_unattended_approval_is_marked_as_one(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    signed = sign_off(_answer(candidate, by="index team (gci run)", role="shell"), candidate)
    assert (signed.name, signed.via) == ("index team", "gci run")


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ({"run_id": "manual__2"}, "another request"),
        ({"dag_id": "ask_only"}, "another request"),
        ({"digest": "b" * 64}, "The answer is for SHA-256 bbbb"),
        ({"role": "None"}, "Only the role publisher"),
        ({"role": "engineer"}, "Only the role publisher"),
        ({"names": ("index team", "a.  reviewer")}, "wrote a review"),
        ({"names": ("B. SECOND",)}, "wrote a review"),
        ({"names": ("A. Reviewer",), "role": "shell"}, "wrote a review"),
    ],
)
def test_an_answer_that_does_not_count_blocks_signed_or_not(
    folders: DataFolders, claimed: dict[str, Any], said: str
) -> None:
    """Who reviewed is read from what has landed: no list that came with the answer could hide it."""
    candidate = _candidate(folders)
    with pytest.raises(Blocked, match=said):
        answered(_answer(candidate, **claimed).signed(folders), RUN, candidate, folders)
    with pytest.raises(Blocked, match="not signed by the server"):
        answered({"chosen_options": ["Approve"], "answerer": claimed}, RUN, candidate, folders)


def test_a_review_that_lands_too_late_to_be_asked_about_still_counts(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    given = _answer(candidate)
    document = given.signed(folders)
    assert answered(document, RUN, candidate, folders) == given
    land_review(folders, "2024", VERDICTS, reviewer="Index  Team")
    with pytest.raises(Blocked, match="wrote a review"):
        answered(document, RUN, candidate, folders)


def test_a_manifest_that_names_no_reviews_hides_nobody(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    file = candidate.folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"inputs": []}), encoding="utf-8")
    assert reviewers(candidate, folders) == ["A. Reviewer", "B. Second"]


def _gone(file: Path) -> None:
    file.unlink()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def _of_another(file: Path) -> None:
    rows = pq.read_table(file)
    other = pa.array(["Somebody Else"] * len(rows), pa.string())
    pq.write_table(rows.set_column(rows.column_names.index("reviewer"), "reviewer", other), file)


def _of_nobody(file: Path) -> None:
    pq.write_table(pq.read_table(file).slice(0, 0), file)


@pytest.mark.parametrize("damage", [_gone, _cut, _of_another, _of_nobody])
def test_without_the_reviews_as_they_landed_nobody_knows_who_may_sign(
    folders: DataFolders, damage: Callable[[Path], None]
) -> None:
    candidate = _candidate(folders)
    assert reviewers(candidate, folders) == ["A. Reviewer", "B. Second"]
    damage(landed(folders, "reviews")[0])
    with pytest.raises(Blocked, match="nobody knows who wrote it"):
        answered(_answer(candidate).signed(folders), RUN, candidate, folders)


def test_a_file_that_was_written_to_since_is_another_one(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    document = _answer(candidate).signed(folders)
    candidate.database.write_bytes(b"changed")
    with pytest.raises(Blocked, match="Have this candidate signed off"):
        answered(document, RUN, candidate, folders)
    candidate.database.unlink()
    with pytest.raises(Blocked, match="is not there"):
        answered(document, RUN, candidate, folders)


def test_a_candidate_is_found_by_its_bytes_and_told_by_its_manifest(folders: DataFolders) -> None:
    one, other = _candidate(folders), _candidate(folders, "2024-v2-other", b"built anew")
    assert candidate_of(sha256(one.database), folders) == one
    assert candidate_of(sha256(other.database), folders) == other
    with pytest.raises(Blocked, match="No candidate is the file"):
        candidate_of("b" * 64, folders)


@pytest.mark.parametrize("name", ["..", "../landing", "/etc", "", ".hidden", "2024-v2-one/..", "rejections", "2024\n"])
def test_a_folder_elsewhere_is_no_candidate(folders: DataFolders, name: str) -> None:
    _candidate(folders)
    with pytest.raises(Blocked):
        candidate_named(name, folders)


def test_a_rejection_is_kept_for_the_bytes_that_were_rejected(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    assert rejection(candidate) is None
    given = _answer(candidate, chosen="Reject", note="EST looks wrong")
    with pytest.raises(Blocked, match="Reject by index team"):
        sign_off(given, candidate)
    said = reject(candidate, given)
    assert rejection(candidate) == said
    assert said.startswith("2024 vintage 2 was rejected by index team at 2026-03-01T09:30:15+00:00: EST looks wrong.")

    assert rejection(_candidate(folders, "2024-v2-same")) is not None
    assert rejection(_candidate(folders, "2024-v2-mended", b"built anew")) is None


def test_a_rejection_takes_an_earlier_approval_back_and_no_later_one(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    approval = _answer(candidate)
    reject(candidate, replace(approval, chosen="Reject", at="2026-03-01T09:30:16+00:00"))
    with pytest.raises(Blocked, match=r"After the approval by index team .* was rejected by index team"):
        sign_off(approval, candidate)
    assert sign_off(replace(approval, at="2026-03-02T09:00:00+00:00"), candidate).name == "index team"


def test_a_rejection_counts_within_the_second_and_an_older_one_takes_nothing_from_it(folders: DataFolders) -> None:
    candidate = _candidate(folders)
    approval = _answer(candidate)
    later = replace(approval, chosen="Reject", at="2026-03-01T09:30:15.000900+00:00", note="the later")
    said = reject(candidate, later)
    older = replace(later, at="2026-02-01T09:00:00+00:00", note="of a run whose task was cleared")
    assert "the later" not in reject(candidate, older)
    assert rejection(candidate) == said
    with pytest.raises(Blocked, match="After the approval by index team"):
        sign_off(approval, candidate)


def test_what_is_not_built_is_not_rejected(tmp_path: Path) -> None:
    assert rejection(Candidate("2024", 2, tmp_path, "0" * 64)) is None
