"""What one run leaves for the people who watch it: refused files under their names, nothing published, a request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

from command_line import Run, asked, log_of, states, tasks


def test_the_run_says_what_waits_for_whom(waiting: Run) -> None:
    (edition,) = waiting.done.document["editions"]
    assert (edition["outcome"], edition["vintage"], edition["states"]) == ("waiting_for_sign_off", 1, 194)
    assert "--sign-off" in edition["message"]
    assert [(gate["gate"], gate["passed"]) for gate in edition["gates"]] == [
        ("landed", True),
        ("built", True),
        ("pages", True),
        ("release", True),
    ]
    assert waiting.done.code == 0


def test_nothing_is_published_before_someone_signed(waiting: Run) -> None:
    assert not [path for path in (waiting.data / "published").rglob("*") if path.is_file() and path.name != ".lock"]


def test_returns_are_collected_in_labelled_batches(waiting: Run) -> None:
    batches = [task for task in tasks(waiting.data, "collect_survey") if task.task_id == "landing.collect_batch"]
    assert [task.state for task in batches] == ["success"] * 4
    assert batches[0].label is not None
    assert batches[0].label.startswith("survey 1: 2020/AFG.csv … 2020/")
    assert sum(1 for _ in (waiting.data / "landing" / "survey").glob("*.parquet")) == 194 + 1  # the one of no rows


def test_a_refused_file_is_a_red_task_under_its_name(waiting: Run) -> None:
    for dag_id, about, file in (
        ("collect_survey", "EST", "EST_second_try.csv"),
        ("collect_partners", "data360", "half_a_file.csv"),
    ):
        (refused,) = [task for task in tasks(waiting.data, dag_id) if task.task_id == "quarantine.refused"]
        assert (refused.label, refused.state) == (f"{about} · {file}", "failed")
        assert file in log_of(waiting.data, refused)


def test_its_log_says_what_is_wrong_where(waiting: Run) -> None:
    (refused,) = [task for task in tasks(waiting.data, "collect_survey") if task.task_id == "quarantine.refused"]
    log = log_of(waiting.data, refused)
    assert "row 2" in log
    assert "row 3" in log
    assert "no_such_item" in log
    assert str(waiting.data / "quarantine" / "survey" / "2020") in log


def test_a_refused_file_stops_nothing(waiting: Run) -> None:
    assert states(waiting.data, "collect_survey")["landing.landed"] == "success"
    assert [refusal["file"] for refusal in waiting.done.document["refused"]] == [
        "EST_second_try.csv",
        "half_a_file.csv",
    ]


def test_assets_tell_what_came_and_what_was_built(waiting: Run) -> None:
    rows = asked(waiting.data, "select name, e.extra from asset_event as e join asset as a on a.id = e.asset_id")
    events = {name: json.loads(extra) for name, extra in rows}
    assert set(events) == {"candidate", "landing_survey"}
    assert events["landing_survey"]["accepted"] == {"2020": 194}
    assert (events["candidate"]["edition"], events["candidate"]["vintage"]) == ("2020", 1)


def test_building_is_done_once_for_the_edition(waiting: Run) -> None:
    built = tasks(waiting.data, "build_index")
    assert Counter(task.task_id for task in built if task.task_id.startswith("build.")) == {
        "build.gate_landed": 1,
        "build.build_candidate": 1,
        "build.audit": 1,
        "build.gate_built": 1,
        "build.pages": 1,
        "build.gate_pages": 1,
    }
    assert {task.label for task in built if task.task_id.startswith("build.")} == {"2020 vintage 1"}


def test_the_request_shows_the_signer_what_there_is_to_know(waiting: Run) -> None:
    ((subject, body, defaults),) = asked(waiting.data, "select subject, body, defaults from hitl_detail")
    assert subject == "Publish 2020, vintage 1?"
    assert defaults in (None, "null")  # silence never approves
    (candidate,) = (waiting.data / "candidates").glob("2020-v1-*/candidate.duckdb")
    for part in ("194 states", "**Gates**: All ", "AFG", str(Path("data_docs") / "index.html"), "pages/en/index.html"):
        assert part in body
    assert hashlib.sha256(candidate.read_bytes()).hexdigest() in body
    assert states(waiting.data, "publish_edition")["sign_off"] == "awaiting_input"


def test_nothing_of_airflow_is_on_the_screen(waiting: Run) -> None:
    assert "airflow" not in waiting.done.err.lower()
    assert "Traceback" not in waiting.done.err
