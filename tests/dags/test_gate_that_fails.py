"""A gate that fails is a red task whose log names the check and the rows; nothing goes on."""

from __future__ import annotations

from pathlib import Path

from command_line import gci, log_of, states, tasks


def test_too_few_returns_stop_at_the_gate(tmp_path: Path) -> None:
    assert gci(tmp_path, "replay", "--edition", "2024", "--state", "AFG", "--state", "EST").code == 0
    done = gci(tmp_path, "run", "--edition", "2024", "--sign-off", "index team", "--json")
    (edition,) = done.document["editions"]
    assert (done.code, edition["outcome"]) == (1, "blocked")
    assert "iso3=ALB" in edition["message"]
    assert not (tmp_path / "published/2024").exists()

    came_out = states(tmp_path, "build_index")
    assert (came_out["build.gate_landed"], came_out["build.build_candidate"]) == ("failed", "upstream_failed")
    (gate,) = [task for task in tasks(tmp_path, "build_index") if task.task_id == "build.gate_landed"]
    assert gate.tries == 1
    log = log_of(tmp_path, gate)
    (failed,) = [gate for gate in edition["gates"] if not gate["passed"]]
    assert failed["gate"] == "landed"
    for part in ("Gate landed stopped 2024 vintage 1", "iso3=ALB", "failures.parquet"):
        assert part in log
