"""publish_edition triggered several times within a second, without an edition: one run asks, and nothing else waits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from server_process import UNFINISHED, serving
from small_candidate import write_gates
from warehouse import warehouse

pytestmark = pytest.mark.slow

DAG = "publish_edition"


def test_a_candidate_is_chosen_once_and_collecting_goes_on(tmp_path: Path) -> None:
    made, data = warehouse(), tmp_path / "data"
    write_gates(made.both)
    shutil.copytree(made.folders.root, data)
    with serving(data) as server:
        runs = [server.trigger(DAG) for _ in range(4)]
        collecting = server.trigger("collect_survey")
        assert server.ended("collect_survey", collecting) == "success"
        asking = [run for run in runs if server.settled(DAG, run)]
        held = {run: server.states(DAG, run)["gate_release"] for run in runs}
        assert len([state for state in held.values() if state != "skipped"]) == 1, held
        others = [run for run in runs if held[run] == "skipped"]
        assert all(set(server.states(DAG, run).values()) == {"skipped"} for run in others)
        assert {run["state"] for run in server.runs(DAG) if run["dag_run_id"] in others} & UNFINISHED == set()
        assert len(asking) <= 1
        waits = server.get("/pools/default_pool")
        assert waits["running_slots"] == waits["queued_slots"] == 0
        for run in asking:
            marked = server.ask("engineer", "PATCH", f"/api/v2/dags/{DAG}/dagRuns/{run}", json={"state": "failed"})
            assert marked.status_code == 403
            assert "refused to everyone" in marked.json()["detail"]
            assert [one["task_instance"]["dag_run_id"] for one in server.asked()] == [run]
