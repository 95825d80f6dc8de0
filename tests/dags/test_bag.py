"""The DAG files as a scheduler reads them: quickly, without errors, documented, in the order of the way of the data."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from command_line import PROCESS
from gci.core.paths import DAGS

NEXT = {
    "collect_survey": {
        "inbox": ["landing.collect_batch"],
        "landing.collect_batch": ["landing.landed", "quarantine.refused_files", "survey_status"],
        "landing.landed": [],
        "quarantine.refused_files": ["quarantine.refused"],
        "quarantine.refused": [],
        "survey_status": [],
    },
    "collect_partners": {
        "network.partners": ["network.gather"],
        "network.gather": ["inbox"],
        "inbox": ["landing.collect_batch"],
        "landing.collect_batch": ["landing.landed", "quarantine.refused_files"],
        "landing.landed": [],
        "quarantine.refused_files": ["quarantine.refused"],
        "quarantine.refused": [],
    },
    "build_index": {
        "plan": ["build.gate_landed"],
        "build.gate_landed": ["build.build_candidate"],
        "build.build_candidate": ["build.audit"],
        "build.audit": ["build.gate_built"],
        "build.gate_built": ["build.pages"],
        "build.pages": ["build.gate_pages"],
        "build.gate_pages": [],
    },
    "publish_edition": {
        "choose": ["gate_release"],
        "gate_release": ["approved", "publish", "rejected", "request"],
        "request": ["sign_off"],
        "sign_off": ["approved", "publish", "rejected"],
        "approved": ["publish"],
        "publish": [],
        "rejected": [],
    },
    "release_at_hour": {"release": []},
    "edition_calendar": {"due": ["met"], "met": []},
    "tell_owners": {"channels": ["tell"], "tell": []},
    "decide": {"write": []},
}
OUTLETS = {
    ("collect_survey", "landing.landed"): ["landing_survey"],
    ("collect_partners", "landing.landed"): ["landing_partners"],
    ("build_index", "build.gate_pages"): ["candidate"],
    ("publish_edition", "publish"): ["published"],
    ("release_at_hour", "release"): ["published"],
}
SCHEDULES = {
    "collect_survey": "@hourly",
    "collect_partners": "@daily",
    "build_index": ["landing_partners", "landing_survey", "published", "20 * * * *"],
    "publish_edition": "On each edition's day of publication",
    "release_at_hour": ["landing_survey", "At each hour of release"],
    "edition_calendar": "14 days before each date of an open edition",
    "tell_owners": ["candidate", "published", "*/15 * * * *"],
    "decide": "by hand",
}
_ONLY_PASS_ON = {"request", "quarantine.refused_files"}
HEAVY = {"great_expectations", "dbt", "pandas", "pyarrow", "duckdb", "numpy", "fastapi"}


@cache
def described() -> dict[str, Any]:
    """The bag, parsed in a fresh process."""
    script = Path(__file__).with_name("describe_dags.py")
    done = subprocess.run([*PROCESS, script], capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_every_dag_file_is_read_without_errors() -> None:
    assert described()["errors"] == {}
    assert set(described()["dags"]) == set(NEXT)
    assert {Path(dag["file"]).name for dag in described()["dags"].values()} == {path.name for path in DAGS.glob("*.py")}


def test_reading_them_imports_no_engine() -> None:
    assert not HEAVY & set(described()["modules"])


@pytest.mark.parametrize("dag_id", NEXT)
def test_steps_follow_the_way_of_the_data(dag_id: str) -> None:
    tasks = described()["dags"][dag_id]["tasks"]
    assert {task_id: task["next"] for task_id, task in tasks.items()} == NEXT[dag_id]


@pytest.mark.parametrize("dag_id", NEXT)
def test_what_a_data_engineer_reads_is_there(dag_id: str) -> None:
    dag = described()["dags"][dag_id]
    assert "gci" in dag["tags"]
    assert {task["owner"] for task in dag["tasks"].values()} <= {"data engineering", "index team"}
    for task_id in dag["tasks"]:
        assert task_id.rpartition(".")[2] in dag["doc"] or task_id in _ONLY_PASS_ON
    assert "when it is red" in dag["doc"]


def test_assets_are_written_and_listened_to() -> None:
    dags = described()["dags"]
    written = {
        (dag_id, task_id): task["outlets"]
        for dag_id, dag in dags.items()
        for task_id, task in dag["tasks"].items()
        if task["outlets"]
    }
    assert written == OUTLETS
    assert {dag_id: dag["schedule"] for dag_id, dag in dags.items()} == SCHEDULES


def test_no_run_of_any_kind_publishes_without_having_asked() -> None:
    """By hand, of the schedule, of a backfill or of an asset: the tasks are the same, and none is passed over."""
    tasks = described()["dags"]["publish_edition"]["tasks"]
    assert {task["rule"] for task in tasks.values()} == {"all_success"}
    before, added = {"publish"}, True
    while added:
        above = {name for name, task in tasks.items() if before & set(task["next"])} - before
        added = bool(above)
        before |= above
    assert {"gate_release", "request", "sign_off", "approved"} <= before
    publishing = [dag for dag, one in described()["dags"].items() if "publish" in one["tasks"]]
    assert publishing == ["publish_edition"]


def test_a_scheduler_knows_the_days_of_publication() -> None:
    # ITU's press releases of 29 June 2021 and 12 September 2024
    assert {"2021-06-29", "2024-09-12"} <= set(described()["dags"]["publish_edition"]["days"])


def test_a_task_whose_worker_is_lost_is_tried_again_where_nobody_is_told_twice_by_it() -> None:
    tried_once = {
        f"{dag_id}.{task_id}"
        for dag_id, dag in described()["dags"].items()
        for task_id, task in dag["tasks"].items()
        if not task["retries"]
    }
    # A partner's description says how often it is asked; the next digest is a quarter of an hour away.
    assert tried_once == {"collect_partners.network.gather", "tell_owners.channels", "tell_owners.tell"}


def test_every_task_has_a_time_limit_but_the_one_that_waits_for_a_person() -> None:
    endless = {
        f"{dag_id}.{task_id}"
        for dag_id, dag in described()["dags"].items()
        for task_id, task in dag["tasks"].items()
        if not task["time_limit"]
    }
    assert endless == {"publish_edition.sign_off"}


def test_every_mapped_task_has_a_label() -> None:
    tasks = [task for dag in described()["dags"].values() for task in dag["tasks"].values()]
    labels = [task["label"] for task in tasks if task["label"] is not None]
    assert labels
    assert all(labels)


def test_the_list_of_dags_follows_the_way_of_the_data() -> None:
    names = sorted(dag["display_name"] for dag in described()["dags"].values())
    order = ["edition_calendar", "collect_survey", "collect_partners", "build_index", "publish_edition"]
    order += ["release_at_hour", "tell_owners", "decide"]
    assert [name.partition(" · ")[2] for name in names] == order


def test_one_writer_at_a_time() -> None:
    dags = described()["dags"]
    assert dags["build_index"]["tasks"]["build.build_candidate"]["pool"] == "warehouse_writer"
    assert dags["publish_edition"]["tasks"]["publish"]["pool"] == "warehouse_writer"
    assert dags["release_at_hour"]["tasks"]["release"]["pool"] == "warehouse_writer"


def test_what_waits_for_a_person_takes_no_slot_from_collecting_and_building() -> None:
    tasks = described()["dags"]["publish_edition"]["tasks"]
    assert {name: tasks[name]["pool"] for name in ("gate_release", "request", "sign_off")} == dict.fromkeys(
        ("gate_release", "request", "sign_off"), "sign_off"
    )
    assert tasks["choose"]["at_once"] == tasks["gate_release"]["at_once"] == 1  # a candidate is chosen once


def test_forms_may_be_sent_empty_and_every_dag_says_what_it_is() -> None:
    dags = described()["dags"]
    assert {dag_id for dag_id, dag in dags.items() if not dag["description"]} == set()
    for dag_id in ("build_index", "publish_edition"):
        assert dags[dag_id]["params"]["edition"] == ["null", "string"], dag_id


def test_dag_files_are_thin() -> None:
    assert {path.name: lines for path in DAGS.glob("*.py") if (lines := len(path.read_text().splitlines())) > 60} == {}
