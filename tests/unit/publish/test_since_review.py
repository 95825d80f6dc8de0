"""What lands after the end of the review: listed with who and why, and stopped until somebody else has approved it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from gci.build.candidate import plan
from gci.build.change_detection import seed_digests
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.preconditions import check
from gci.publish.since_review import changed, papers
from gci.storage.seed_log import note_seeds, seed_notes
from landed import land_decisions, land_return, land_review
from small_candidate import sign_off, small_candidate

EST = [("EST", "ls1", "changed", "0.5")]


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    """2024 is reviewed until 10 January 2026, and it is 20 January; a return and a review came in time."""
    folders = DataFolders(tmp_path)
    at = datetime.fromisoformat("2026-01-20T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at.timestamp())))
    land_decisions(
        folders, "2024", [{"id": "review", "kind": "calendar_date", "subject": "review_to", "day": "2026-01-10"}]
    )
    land_return(folders, "2024", "EST", {"ls1": "1"})
    land_review(folders, "2024", EST, reviewer="In Time")
    return folders


def received(folders: DataFolders, digest: str, moment: str) -> str:
    """A landed file as if it had come at another moment."""
    file = folders.landing / "receipts" / f"{digest}.json"
    said = json.loads(file.read_text()) | {"received_at": moment, "collected_at": moment}
    file.unlink()
    file.write_text(json.dumps(said), encoding="utf-8")
    return digest


def candidate_of_all(folders: DataFolders) -> Candidate:
    """A candidate whose manifest names all that has landed."""
    return naming_all(small_candidate(folders), folders)


def naming_all(made: Candidate, folders: DataFolders) -> Candidate:
    """The candidate with all in its manifest that has landed by now."""
    path = made.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["inputs"] = [
        {"edition": "2024", "kind": json.loads(one.read_text())["kind"], "digest": one.stem}
        for one in sorted(folders.landing.glob("receipts/*.json"))
    ]
    path.write_text(json.dumps(manifest))
    return made


def test_what_came_in_time_is_locked_by_its_digest(folders: DataFolders) -> None:
    made = candidate_of_all(folders)
    said = papers(made, folders)
    assert said["changed_since_review"] == []
    assert (said["locked_inputs"]["at"], said["locked_inputs"]["files"]) == ("2026-01-11T00:00:00+00:00", 3)
    check(made, sign_off(made), folders)
    received(folders, land_return(folders, "2024", "LVA", {"ls1": "1"}), "2026-01-10T23:59:59+00:00")
    again = papers(naming_all(made, folders), folders)
    assert again["locked_inputs"]["files"] == 4
    assert again["locked_inputs"]["digest"] != said["locked_inputs"]["digest"]


def test_a_late_return_needs_a_second_approver(folders: DataFolders) -> None:
    late = received(folders, land_return(folders, "2024", "LVA", {"ls1": "1"}), "2026-01-11T00:00:00+00:00")
    made = candidate_of_all(folders)
    with pytest.raises(Blocked, match=rf"changed since its review ended.*LVA\.csv \({late[:12]}, the state LVA\)"):
        check(made, sign_off(made), folders)
    land_decisions(folders, "2024", [{"id": "let-in", "kind": "change_after_review", "subject": late[:12]}])
    check(made, sign_off(made), folders)
    (one,) = papers(made, folders)["changed_since_review"]
    assert (one["who"], one["why"], one["approved_by"], one["decision"]) == (
        ["the state LVA"],
        ["a newer return"],
        "Bo Chen",
        "let-in",
    )


@pytest.mark.parametrize(("approver", "counts"), [("C. Else", True), ("late, reviewer", False)])
def test_a_late_review_is_not_approved_by_its_author(approver: str, counts: bool, folders: DataFolders) -> None:
    late = land_review(folders, "2024", EST, day="2026-01-15", reviewer="Late Reviewer")
    received(folders, late, "2026-01-15T09:00:00+00:00")
    let_in = {"id": "let-in", "kind": "change_after_review", "subject": late, "approver": approver}
    land_decisions(folders, "2024", [let_in])
    (one,) = changed(candidate_of_all(folders), folders)
    assert (one.who, one.why) == (("Late Reviewer",), ("seen in the evidence",))
    assert (one.approved_by is not None) == counts


@pytest.mark.parametrize(("approver", "counts"), [("C. Else", True), ("Bo Chen", False), ("Ana Lima", False)])
def test_a_late_decision_needs_a_third_person(approver: str, counts: bool, folders: DataFolders) -> None:
    said = {"id": "more", "kind": "extension", "iso3": "EST", "day": "2026-02-28"}
    late = received(folders, land_decisions(folders, "2024", [said]), "2026-01-15T09:00:00+00:00")
    let_in = {"id": "let-in", "kind": "change_after_review", "subject": late[:16], "approver": approver}
    received(folders, land_decisions(folders, "2024", [let_in]), "2026-01-16T09:00:00+00:00")
    (one,) = changed(candidate_of_all(folders), folders)  # the decision that lets it in is none itself
    assert one.who == ("Ana Lima",)
    assert (one.approved_by is not None) == counts


def test_before_its_last_day_is_over_nothing_is_locked(folders: DataFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    received(folders, land_return(folders, "2024", "LVA", {"ls1": "1"}), "2026-01-10T12:00:00+00:00")
    at = datetime.fromisoformat("2026-01-10T23:59:59+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(at.timestamp())))
    made = candidate_of_all(folders)
    assert papers(made, folders) == {}
    check(made, sign_off(made), folders)


def planned(folders: DataFolders, moment: str, monkeypatch: pytest.MonkeyPatch, **seeds: str) -> None:
    """A program with these seeds planned a candidate at a moment."""
    before = os.environ["SOURCE_DATE_EPOCH"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(moment).timestamp())))
    note_seeds("2024", seeds, folders)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", before)


def test_a_seed_that_a_newer_program_brings_needs_a_second_approver(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(folders, "2026-01-02T00:00:00+00:00", monkeypatch, tiers="a" * 64, groups="b" * 64, names="c" * 64)
    planned(folders, "2026-01-09T00:00:00+00:00", monkeypatch, tiers="d" * 64, groups="b" * 64, names="c" * 64)
    made = candidate_of_all(folders)
    assert changed(made, folders) == []  # what changed before the end is what was reviewed
    planned(folders, "2026-01-15T00:00:00+00:00", monkeypatch, tiers="d" * 64, groups="e" * 64)
    found = {one.file: one for one in changed(made, folders)}
    assert set(found) == {"groups.csv", "names.csv"}
    assert (found["groups.csv"].kind, found["groups.csv"].digest) == ("seeds", "e" * 64)
    assert found["groups.csv"].landed_at == "2026-01-15T00:00:00+00:00"
    assert found["names.csv"].why == ("reference data that comes with the program, taken out",)
    with pytest.raises(Blocked, match=r"groups\.csv \(eeeeeeeeeeee, the program, version"):
        check(made, sign_off(made), folders)
    let_in = [{"kind": "change_after_review", "subject": digest * 12} for digest in "ec"]
    land_decisions(folders, "2024", let_in)
    check(made, sign_off(made), folders)
    told = papers(made, folders)["changed_since_review"]
    assert {one["file"]: one["approved_by"] for one in told} == {"groups.csv": "Bo Chen", "names.csv": "Bo Chen"}


def test_seeds_are_noted_when_they_change_and_only_then(folders: DataFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("02", "03", "04"):
        planned(folders, f"2026-01-{day}T00:00:00+00:00", monkeypatch, tiers="a" * 64)
    planned(folders, "2026-01-05T00:00:00+00:00", monkeypatch, tiers="b" * 64)
    assert [one.at[:10] for one in seed_notes("2024", folders)] == ["2026-01-02", "2026-01-05"]
    assert plan("2024", folders) is not None
    assert dict(seed_notes("2024", folders)[-1].seeds) == seed_digests("2024")
