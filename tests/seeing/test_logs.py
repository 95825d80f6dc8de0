"""Each line of the log says what it is about."""

from __future__ import annotations

import json

from command_line import Run, tasks
from seeing.run_seen import Seen


def test_stderr_has_nothing_but_json_lines_of_ours(seen: Seen) -> None:
    assert seen.done.code == 0
    assert seen.done.document["editions"][0]["outcome"] == "published"
    assert {line["logger"].partition(".")[0] for line in seen.lines} == {"gci"}
    assert {"timestamp", "level", "event"} <= set.intersection(*(set(line) for line in seen.lines))


def test_a_line_about_a_file_has_its_digest_state_edition_and_task(seen: Seen) -> None:
    receipts = {
        receipt["file"]: receipt
        for path in (seen.data / "landing/receipts").glob("*.json")
        if (receipt := json.loads(path.read_text("utf-8")))
    }
    said = {line["digest"]: line for line in seen.lines if "accepted" in line["event"] and "digest" in line}
    assert len(said) == len(receipts) == 194
    for receipt in receipts.values():
        line = said[receipt["digest"]]
        assert (line["edition"], line["iso3"], line["task"]) == ("2020", receipt["iso3"], "landing.collect_batch")


def test_a_refused_file_is_named_at_each_problem(seen: Seen) -> None:
    told = [line for line in seen.lines if line["level"] == "error" and line.get("task") == "quarantine.refused"]
    assert told
    about = {(line.get("edition"), line.get("iso3"), len(line["digest"])) for line in told}
    assert about == {("2020", "EST", 64), (None, None, 64)}, "a return, and a partner's file"


def test_gates_and_build_say_their_edition_and_task(seen: Seen) -> None:
    spoken = {(line.get("task"), line.get("edition")) for line in seen.lines}
    for task in ("build.gate_landed", "build.build_candidate", "build.gate_built", "gate_release", "publish"):
        assert (task, "2020") in spoken


def test_the_log_of_a_task_in_the_ui_carries_the_same_fields(waiting: Run) -> None:
    (batch, *_) = [task for task in tasks(waiting.data, "collect_survey") if task.task_id == "landing.collect_batch"]
    folder = waiting.data / "airflow/logs/dag_id=collect_survey" / f"run_id={batch.run_id}" / f"task_id={batch.task_id}"
    lines = (folder / f"map_index={batch.map_index}" / "attempt=1.log").read_text("utf-8").splitlines()
    fields = [json.loads(line) for line in lines]
    assert {line["iso3"] for line in fields if "digest" in line} >= {"AFG", "ALB"}


def test_the_build_shows_each_model_in_its_log(seen: Seen) -> None:
    said = [line["event"] for line in seen.lines if line.get("task") == "build.build_candidate"]
    (row,) = [event for event in said if event.startswith("overall_scores ")]
    assert "success" in row
    assert "194" in row
