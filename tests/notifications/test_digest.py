"""What a digest says, from what lies in the data folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.notifications.digest import digest
from gci.notifications.messages import message
from gci.notifications.notice import Digest
from gci.publish.release import publish
from small_candidate import sign_off, small_candidate, write_gates

EARLY, LATE = datetime(2026, 1, 5, 6, tzinfo=UTC), datetime(2026, 1, 6, 6, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment\n"
BAD = HEADER + "2020,EST,ls1,1.7,,\n"
HOSTILE = "{{ 7 * 7 }}<b>\x1b[31m.csv"


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


def collect(folders: DataFolders, name: str, text: str, at: datetime = EARLY) -> None:
    file = folders.inbox / "survey/2020" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    collect_files("survey", [file], at, folders)


def collect_replayed(folders: DataFolders, at: datetime = EARLY) -> None:
    """A return without fault."""
    replay("2020", ["EST"], folders)
    collect_files("survey", list((folders.inbox / "survey/2020").iterdir()), at, folders)


def said(found: Digest, section: str) -> list[tuple[str, str]]:
    return [(notice.owner, notice.what) for notice in getattr(found, section)]


def test_an_empty_folder_has_nothing_to_tell(folders: DataFolders) -> None:
    found = digest(folders)
    assert (found.blocks, found.new, found.fresh) == ((), (), False)


def test_each_thing_has_its_owner(folders: DataFolders) -> None:
    collect_replayed(folders)
    collect(folders, "EST_again.csv", BAD)
    small_candidate(folders)
    stopped = small_candidate(folders, "2020")
    write_gates(stopped, passed=False, rows=3, message="every state has a row")
    found = digest(folders)
    assert said(found, "blocks") == [
        ("data engineer", "2020: 1 return landed, in no candidate since 2026-01-05 06:00 UTC."),
        ("data engineer", "Gate landed stopped 2020 vintage 1: 1 of 1 checks failed."),
        ("data engineer", "Gate built stopped 2020 vintage 1: 1 of 1 checks failed."),
        ("data engineer", "Gate pages stopped 2020 vintage 1: 1 of 1 checks failed."),
        ("index team", "Gate release stopped 2020 vintage 1: 1 of 1 checks failed."),
        ("index team", "2024 vintage 1 is built and waits for a sign-off."),
    ]
    assert found.blocks[1].details == ("scores_are_there: 3 rows; it should hold that every state has a row",)
    assert said(found, "new") == [
        ("focal point", "EST_again.csv (2020 EST) was refused."),
        ("reviewer", "2020: 1 new return: EST."),
    ]
    (refused, _) = found.new
    assert Path(refused.where).is_file()
    assert refused.details[0].startswith("row 2, column answer: ")


def test_what_was_told_is_not_new_and_what_blocks_stays_first(folders: DataFolders) -> None:
    collect(folders, "EST_again.csv", BAD)
    small_candidate(folders)
    first = digest(folders)
    second = digest(folders, first.standing)
    assert (first.fresh, second.fresh) == (True, False)
    assert said(second, "blocks") == said(first, "blocks")
    assert second.new == ()
    assert said(second, "known") == [("focal point", "1 refused file not sent again: EST_again.csv.")]


def test_a_mended_file_is_new_and_the_refused_one_no_longer_open(folders: DataFolders) -> None:
    collect(folders, "EST_again.csv", BAD)
    told = digest(folders).standing
    collect_replayed(folders, LATE)
    found = digest(folders, told)
    assert said(found, "new") == [("reviewer", "2020: 1 new return: EST.")]
    assert found.known == ()


def test_another_check_that_fails_is_told_again(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    write_gates(candidate, passed=False, rows=1)
    told = digest(folders).standing
    assert not digest(folders, told).fresh
    write_gates(candidate, passed=False, rows=1, check="another_check")
    assert digest(folders, told).fresh


def test_a_publication_ends_the_waiting_and_is_news(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    told = digest(folders).standing
    publish(candidate, sign_off(candidate), folders)
    (folders.current).unlink()  # its small register has not the columns that are told
    found = digest(folders, told)
    assert found.blocks == ()
    assert said(found, "new") == [("index team", "2024 vintage 1 is published, signed off by A. Signer (seen).")]


def test_a_failed_build_names_the_model_and_its_sql(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    failed = {"name": "answers", "status": "error", "message": "no such column", "compiled": "a.sql", "tests": []}
    (candidate.folder / "dbt_failed").mkdir()
    (candidate.folder / "dbt_failed/report.json").write_text(json.dumps([failed]), encoding="utf-8")
    (notice,) = digest(folders).blocks
    assert (notice.owner, notice.details) == ("data engineer", ("answers: no such column",))


def test_a_task_that_failed_comes_first(folders: DataFolders) -> None:
    small_candidate(folders)
    found = digest(folders, failures=["build_index · plan: the disk is full"])
    assert "the disk is full" in found.blocks[0].what
    assert "waits for a sign-off" in found.blocks[1].what


def test_names_from_outside_obey_nobody(folders: DataFolders) -> None:
    collect(folders, HOSTILE, BAD)
    out = message(digest(folders))
    assert "{{ 7 * 7 }}&lt;b&gt;" in out.html
    assert "<b>" not in out.html.replace("<bdi>", "").replace("<body>", "")
    assert "\x1b" not in out.text
    assert "{{ 7 * 7 }}&lt;b&gt;" in out.slack
    assert "\n" not in out.subject


def test_a_long_digest_says_how_much_it_leaves_out_and_the_document_has_all(folders: DataFolders) -> None:
    for number in range(60):
        collect(folders, f"EST_{number}.csv", HEADER + f"2020,EST,ls1,{number + 2},,\n")
    out = message(digest(folders))
    assert "and 10 more" in out.text
    assert "and 10 more" in out.html
    assert len(out.document["new"]) == 60
