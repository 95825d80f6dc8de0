"""A gate that fails is a red task whose log names the check and the rows; nothing goes on."""

from __future__ import annotations

from command_line import log_of, states, tasks
from notifications.run_told import Told


def test_too_few_returns_stop_at_the_gate(told: Told) -> None:
    for done in (told.first, told.second):
        (edition,) = done.document["editions"]
        assert (done.code, edition["outcome"]) == (1, "blocked")
        assert "iso3=ALB" in edition["message"]
    assert not (told.data / "published/2024").exists()

    came_out = states(told.data, "build_index")
    assert (came_out["build.gate_landed"], came_out["build.build_candidate"]) == ("failed", "upstream_failed")
    (gate,) = [task for task in tasks(told.data, "build_index") if task.task_id == "build.gate_landed"]
    assert gate.tries == 1
    log = log_of(told.data, gate)
    (failed,) = [gate for gate in edition["gates"] if not gate["passed"]]
    assert failed["gate"] == "landed"
    for part in ("Gate landed stopped 2024 vintage 1", "iso3=ALB", "failures.parquet"):
        assert part in log
