"""The commands that look at what is published, as a user calls them: text, JSON, exit code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pytest

import command_line
from command_line import gci, said
from gci.casework.refresh import refresh
from gci.core.paths import DataFolders
from published import collect

# What is only looked at is asked once.
seen = cache(command_line.said)
text = cache(command_line.text)


def up_to_date(folders: DataFolders) -> DataFolders:
    """The folders with survey.duckdb made here, whose dbt has begun: one command makes it itself (see below)."""
    assert refresh(folders)
    return folders


# editions


def test_editions_lists_every_vintage_with_signer_checks_and_known_errors(corrected: DataFolders) -> None:
    found = said(corrected, "editions")
    assert [(one["edition"], one["vintage"], one["latest"]) for one in found] == [
        ("2020", 1, True),
        ("2024", 1, False),
        ("2024", 2, True),
    ]
    assert [one["signed_by"] for one in found] == ["A. Signer", "A. Signer", "B. Signer"]
    assert [error["id"] for error in found[0]["known_errors"]] == ["2020-AFG-legal", "2020-AFG-overall"]
    assert all(one["checks"] > 0 and Path(one["folder"]).is_dir() for one in found)
    assert (found[0]["returns"], found[2]["returns"], found[2]["reviews"]) == (194, 195, 1)
    shown = text(corrected, "editions")
    assert "v1 (old)" in shown
    assert str(corrected.current) in shown


def test_editions_of_an_empty_folder_is_an_empty_list(tmp_path: Path) -> None:
    assert said(DataFolders(tmp_path), "editions") == []
    assert "Nothing is published" in text(DataFolders(tmp_path), "editions")
    assert list(tmp_path.iterdir()) == []


# explain


def test_explain_goes_from_the_score_to_file_and_row(published_data: DataFolders) -> None:
    found = seen(published_data, "explain", "AFG", "--edition", "2020")
    assert found["overall"]["rank"] == 153
    assert sum(pillar["score"] for pillar in found["pillars"]) == pytest.approx(found["overall"]["score"], abs=1e-9)
    assert [entry["id"] for entry in found["register"]] == ["2020-AFG-legal", "2020-AFG-overall"]
    (legal,) = [pillar for pillar in found["pillars"] if pillar["pillar"] == "legal"]
    (ls1,) = [indicator for indicator in legal["indicators"] if indicator["indicator"] == "ls1"]
    assert ls1["weight_fraction"] == "374400/40763"
    (answer,) = ls1["answers"]
    assert ls1["points"] == pytest.approx(374400 / 40763 * answer["answer"], abs=1e-9)
    kept = Path(answer["receipt"]["kept_as"])
    line = kept.read_text(encoding="utf-8-sig").splitlines()[answer["row"] - 1]
    assert line.startswith("2020,AFG,ls1,")
    assert float(line.split(",")[3]) == answer["answer"] == pytest.approx(ls1["score"], abs=1e-9)


def test_explain_shows_a_tree_that_ends_at_the_file(published_data: DataFolders) -> None:
    shown = text(published_data, "explain", "afg", "--edition", "2020@v1")
    assert "Afghanistan (AFG), 2020: 12.71 of 100, rank 153" in shown
    assert "374400/40763" in shown
    assert "AFG.csv" not in shown, "the file was only made from the published table"
    assert "known error 2020-AFG-legal" in shown
    assert "published (print): 5.20 (scale 0-100), rank 171" in shown
    assert "published · taken over from World Bank Data360, database ITU_GCI" in shown


def test_explain_shows_a_review_and_what_was_said_with_it(corrected: DataFolders) -> None:
    shown = text(corrected, "explain", "NAM", "--edition", "2024")
    assert "reviewed_changed" in shown
    assert "the act is a draft" in shown
    assert "we erred" in text(corrected, "explain", "EST", "--edition", "2024")
    assert "we erred" not in text(corrected, "explain", "EST", "--edition", "2024@1")


def test_explain_takes_a_candidate_apart_as_well(published_data: DataFolders) -> None:
    (candidate,) = published_data.candidates.glob("2024-v1-*")
    there = seen(published_data, "explain", "EST", "--edition", "2024", "--candidate", str(candidate))
    out = seen(published_data, "explain", "EST", "--edition", "2024")
    assert there["release"]["signed_by"] is None
    assert there["pillars"] == out["pillars"]
    shown = text(published_data, "explain", "EST", "--edition", "2024", "--candidate", str(candidate))
    assert "candidate of vintage 1, not published" in shown
    wrong = gci(published_data.root, "explain", "EST", "--edition", "2020", "--candidate", str(candidate))
    assert wrong.code == 2


def test_explain_shows_weights_as_numbers_and_what_was_printed_as_it_was(published_data: DataFolders) -> None:
    shown = text(published_data, "explain", "AFG", "--edition", "2020")
    assert "× 9.1848 (374400/40763)" in shown
    assert "published (print): 5.20 (scale 0-100)" in shown
    assert "published (data360): 5.203512727201463" in shown


def test_version_is_said() -> None:
    done = gci(Path.cwd(), "--version")
    assert done.code == 0
    assert done.out.startswith("gci 0.1.0+")


@pytest.mark.parametrize("wrong", ["EG", "Egypt", "XXX", "", "%"])
def test_explain_of_no_state_is_wrong_usage(wrong: str, published_data: DataFolders) -> None:
    done = gci(published_data.root, "explain", wrong, "--edition", "2024", "--json")
    assert (done.code, done.out) == (2, "")
    assert "no state of 2024@v1" in done.err
    if wrong.startswith("E"):
        assert "EGY (Egypt)" in done.err


# diff


def test_diff_names_what_is_behind_each_changed_answer(corrected: DataFolders) -> None:
    found = seen(corrected, "diff", "2024@1", "2024@2")
    answers = {(one["iso3"], one["item"]): one for one in found["answers"] if "answer" in one["differs"]}
    assert answers.keys() == {("EST", "ls1"), ("EST", "cs5"), ("NAM", "ls1")}
    assert answers["EST", "ls1"]["why"]["receipt"]["file"] == "EST_newer.csv"
    assert answers["EST", "ls1"]["after"]["answer"] == 0.5
    assert answers["EST", "cs5"]["after"]["answer"] is None
    assert answers["EST", "cs5"]["why"]["receipt"]["file"] == "EST_newer.csv"
    assert answers["NAM", "ls1"]["why"]["by"] == "review"
    assert "the act is a draft" in answers["NAM", "ls1"]["why"]["says"]
    reviewed = {(one["iso3"], one["item"]) for one in found["answers"] if one["why"]["by"] == "review"}
    assert ("FIN", "ls1") in reviewed


def test_diff_names_the_scores_that_moved_and_no_other(corrected: DataFolders) -> None:
    found = seen(corrected, "diff", "2024@1", "2024@2")
    assert [one["iso3"] for one in found["overall_scores"]] == ["EST", "NAM"]
    assert found["overall_scores"][0]["because"] == "answers changed: cs5, ls1"
    assert found["framework"] == found["corrections"] == []
    assert [entry["kind"] for entry in found["inputs"]["added"]] == ["reviews", "survey"]
    assert found["inputs"]["removed"] == []
    assert found["to"]["signed_by"] == "B. Signer"


def test_diff_is_the_other_way_round_when_asked_so(corrected: DataFolders) -> None:
    there, back = seen(corrected, "diff", "2024@1", "2024@2"), seen(corrected, "diff", "2024@2", "2024@1")
    assert [(one["before"], one["after"]) for one in there["overall_scores"]] == [
        (one["after"], one["before"]) for one in back["overall_scores"]
    ]


def test_diff_of_a_vintage_with_itself_finds_nothing(corrected: DataFolders) -> None:
    found = seen(corrected, "diff", "2024", "2024@2")
    assert not any(found[table] for table in ("answers", "overall_scores", "framework", "other_tables"))


def test_diff_tells_people_the_same(corrected: DataFolders) -> None:
    shown = text(corrected, "diff", "2024@v1", "2024@v2")
    assert "answer ls1: 0.3377 → 0.2500 (reviewed_changed: the act is a draft" in shown
    assert "States: 2 with another answer" in shown
    assert [line for line in shown.splitlines() if line.startswith(("EST ", "NAM ", "FIN "))] == [
        line for line in shown.splitlines() if line.startswith(("EST ", "NAM "))
    ], "an answer that a review confirmed is no change"
    legal = shown[shown.index("NAM ") :]
    assert legal.index("legal: ") < legal.index("ls1: 0.3377 → 0.2500") < legal.index("answer ls1")


@pytest.mark.parametrize("pair", [("2024@1", "2024@9"), ("2024@1", "nothing")])
def test_diff_of_what_cannot_be_compared_is_wrong_usage(pair: tuple[str, str], corrected: DataFolders) -> None:
    assert gci(corrected.root, "diff", *pair).code == 2


def test_a_correction_touches_its_own_edition_alone(corrected: DataFolders, published_data: DataFolders) -> None:
    for edition in ("2020", "2024"):
        before, after = (one.release(edition, 1) for one in (published_data, corrected))
        assert (before / "SHA256SUMS").read_bytes() == (after / "SHA256SUMS").read_bytes()
    with duckdb.connect(str(corrected.current), read_only=True) as connection:
        connection.execute(f"attach '{published_data.current}' as before (read_only)")
        for table in ("answers", "overall_scores", "pillar_scores", "reconciliation"):
            moved = f"select distinct edition from (from {table} except from before.{table})"
            assert connection.execute(moved).fetchall() == [("2024",)]


# status


def test_status_says_per_state_what_came_in(corrected: DataFolders) -> None:
    found = said(up_to_date(corrected), "status", "--edition", "2024")
    states = {state["iso3"]: state for state in found["states"]}
    assert len(states) == found["totals"]["invited"] == found["totals"]["received"] == 194
    assert (states["EST"]["answered"], states["EST"]["files"]) == (found["items"] - 1, ["EST_newer.csv"])
    assert states["EST"]["received_at"] == "2026-02-02T09:00:00"
    assert (states["NAM"]["complete"], states["NAM"]["reviewed"]) == (1.0, 0.05)
    assert states["NAM"]["last_change"] == "2026-02-02T09:00:00"
    assert found["totals"]["complete"] == 193
    assert states["LVA"]["refused"] == []


def test_status_names_refused_files_with_row_and_reason(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    inbox = folders.inbox / "survey" / "2024"
    inbox.mkdir(parents=True)
    header = "edition,iso3,item,answer,evidence_url,comment,collector\n"
    (inbox / "est.csv").write_text(f"{header}2024,EST,ls1,0.5,,,state\n2024,EST,ls2,,,,state\n", encoding="utf-8")
    (inbox / "est_desk.csv").write_text(f"{header}2024,EST,ls2,1,,,desk\n", encoding="utf-8")
    (inbox / "lva.csv").write_text(f"{header}2024,LVA,ls1,7,,,state\n", encoding="utf-8")
    (inbox / "nobody.csv").write_text("hello\n", encoding="utf-8")
    collect(folders)
    found = said(up_to_date(folders), "status", "--edition", "2024")
    states = {state["iso3"]: state for state in found["states"]}
    assert (states["EST"]["answered"], states["EST"]["collectors"]) == (2, ["desk", "state"])
    (refused,) = states["LVA"]["refused"]
    assert (refused["file"], refused["problems"][0]["row"]) == ("lva.csv", 2)
    assert Path(refused["report"]).is_file()
    assert states["LVA"]["received_at"] is None
    assert states["LVA"]["last_change"] == refused["received_at"]
    assert [one["file"] for one in found["not_placed"]] == ["nobody.csv"]
    shown = text(folders, "status", "--edition", "2024")
    assert "LVA  lva.csv" in shown
    assert "row 2: " in shown
    assert "nobody.csv" in shown
    assert "1 of 194 states have sent something" in shown


def test_status_before_anything_arrived(tmp_path: Path) -> None:
    found = said(DataFolders(tmp_path), "status", "--edition", "2020")
    assert len(found["states"]) == 194
    assert found["totals"]["received"] == found["totals"]["refused_files"] == found["totals"]["open_cases"] == 0
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {"survey.duckdb"}


def test_status_of_an_edition_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    done = gci(tmp_path, "status", "--edition", "2021", "--json")
    assert (done.code, done.out) == (2, "")
