"""The sign-off: by a person or by `gci run`, given or refused, and what is kept of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from command_line import gci, start_dags, states, tasks
from held_release import is_held
from seeing.run_seen import Seen

Person = Callable[[Path, str, str], None]


def _release(data: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads((data / "published/2020/v1/release.json").read_text(encoding="utf-8"))
    return document


def test_an_unattended_sign_off_publishes_and_is_recorded(seen: Seen) -> None:
    (edition,) = seen.done.document["editions"]
    assert (seen.done.code, edition["outcome"], edition["signed_by"]) == (0, "published", "index team")
    signed = _release(seen.data)["sign_off"]
    assert isinstance(signed, dict)
    assert (signed["name"], signed["note"], signed["via"]) == ("index team", "replay", "gci run")
    with duckdb.connect(str(seen.data / "published/gci.duckdb"), read_only=True) as connection:
        row = connection.execute("select signed_by, sign_off_note, sign_off_via from releases").fetchone()
    assert row == ("index team", "replay", "gci run")
    assert seen.asking == 0
    assert seen.publishing["rejected"] == "skipped"
    is_held(seen.data)


def test_the_next_run_has_nothing_to_do(seen: Seen) -> None:
    (edition,) = seen.again.document["editions"]
    assert (seen.again.code, edition["outcome"], edition["vintage"]) == (0, "nothing_new", 1)
    assert [path.name for path in (seen.data / "published/2020").iterdir()] == ["v1"]
    assert states(seen.data, "collect_survey")["landing.collect_batch"] == "skipped"
    assert states(seen.data, "build_index")["build.build_candidate"] == "skipped"


@pytest.mark.slow
def test_a_persons_approval_is_taken_up_by_the_next_run(copied: Path, person: Person) -> None:
    person(copied, "Approve", "compared with the report")
    done = gci(copied, "run", "--edition", "2020", "--json")
    (edition,) = done.document["editions"]
    assert (done.code, edition["outcome"], edition["signed_by"]) == (0, "published", "index team")
    signed = _release(copied)["sign_off"]
    assert isinstance(signed, dict)
    assert (signed["via"], signed["note"]) == ("airflow", "compared with the report")
    is_held(copied)


def test_a_rejection_leaves_everything_as_it_was_and_says_why(copied: Path, person: Person) -> None:
    person(copied, "Reject", "the figures of EST are last year's")
    done = gci(copied, "run", "--edition", "2020", "--sign-off", "someone else", "--json")
    (edition,) = done.document["editions"]
    assert (done.code, edition["outcome"]) == (1, "rejected")
    assert "the figures of EST are last year's" in edition["message"]
    assert not (copied / "published/2020").exists()
    assert not (copied / "published/gci.duckdb").exists()
    assert (copied / "candidates").is_dir()
    ended = {task.task_id: task.state for task in tasks(copied, "publish_edition")}
    assert (ended["publish"], ended["rejected"]) == ("skipped", "success")


@pytest.fixture
def changed_after_approval(copied: Path, person: Person) -> Path:
    """A data folder in which a candidate got another score after somebody had approved it."""
    person(copied, "Approve", "fine")
    (candidate,) = (copied / "candidates").glob("2020-v1-*/candidate.duckdb")
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("update overall_scores set score = 99 where iso3 = 'AFG' and edition = '2020'")
    return copied


def test_an_approval_is_for_exactly_one_file(changed_after_approval: Path) -> None:
    (ended,) = start_dags(changed_after_approval, ("resume", {}))
    assert not (changed_after_approval / "published/2020").exists()
    assert (ended["approved"], ended["publish"]) == ("failed", "upstream_failed")


@pytest.mark.slow
def test_a_run_publishes_nothing_on_an_approval_of_another_file(changed_after_approval: Path) -> None:
    done = gci(changed_after_approval, "run", "--edition", "2020", "--json")
    (edition,) = done.document["editions"]
    assert edition["outcome"] != "published"
    assert not (changed_after_approval / "published/2020").exists()


def test_an_xcom_that_was_written_over_brings_no_other_candidate_through(copied: Path, person: Person) -> None:
    person(copied, "Approve", "fine")
    (folder,) = (copied / "candidates").glob("2020-v1-*/")
    shutil.copytree(folder, other := folder.with_name("2020-v1-of_another"))
    with duckdb.connect(str(other / "candidate.duckdb")) as connection:
        connection.execute("update overall_scores set score = 99 where iso3 = 'AFG' and edition = '2020'")
    with sqlite3.connect(copied / "airflow" / "airflow.db") as database:
        sql = "update xcom set value = replace(value, ?, ?) where task_id = 'gate_release'"
        assert database.execute(sql, [folder.name, other.name]).rowcount > 0
    (ended,) = start_dags(copied, ("resume", {}))
    assert not (copied / "published/2020").exists()
    assert (ended["approved"], ended["publish"]) == ("failed", "upstream_failed")


def test_a_signer_without_a_name_is_wrong_usage(copied: Path) -> None:
    done = gci(copied, "run", "--edition", "2020", "--sign-off", " ")
    assert done.code == 2
    assert not (copied / "published/2020").exists()
