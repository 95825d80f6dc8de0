"""Nothing hangs on an event: whatever lands is built from, also while a build works, is paused, or nobody schedules.

The server's `build_index` is woken by time every minute in place of every hour; nothing else of the project is changed.
Its few returns are stopped by the gate `landed`, which is enough: what was planned has been seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gci.build.not_built import landed_in_no_candidate
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from project_copy import copied_project
from published import collect
from server_process import UNFINISHED, Server, serving

pytestmark = pytest.mark.slow

HOURLY, EACH_MINUTE = '"20 * * * *"', '"* * * * *"'


@pytest.fixture(scope="module")
def awake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on an empty folder, whose builds are woken by time, too. Tests land further states."""
    project = copied_project(tmp_path_factory.mktemp("project"))
    build = project / "dags" / "build_index.py"
    text = build.read_text(encoding="utf-8")
    assert HOURLY in text
    build.write_text(text.replace(HOURLY, EACH_MINUTE), encoding="utf-8")
    with serving(tmp_path_factory.mktemp("awake"), PYTHONPATH=str(project / "include")) as server:
        yield server


def _land(server: Server, state: str) -> None:
    """A state's return, through the inbox and the DAG that collects."""
    replay("2020", [state], DataFolders(server.data))
    assert server.ended("collect_survey", server.trigger("collect_survey")) == "success"


def _forgotten(server: Server) -> list[str]:
    return [one.told() for one in landed_in_no_candidate(DataFolders(server.data))]


def _builds(server: Server) -> list[str]:
    return [run["dag_run_id"] for run in server.runs("build_index") if run["state"] in UNFINISHED]


def _at_work(server: Server) -> list[str]:
    """Tasks of builds that run; of a paused DAG no further one begins."""
    found = [task for run in _builds(server) for task in server.tasks("build_index", run)]
    return [task["task_id"] for task in found if task["state"] in UNFINISHED]


def _all_is_built_from(server: Server) -> None:
    server.until(lambda: not _forgotten(server), "a candidate of all that has landed", 600)


def test_landings_one_after_the_other_while_a_build_works(awake: Server) -> None:
    _land(awake, "AFG")
    awake.until(lambda: _builds(awake) or not _forgotten(awake), "a build")
    for state in ("ALB", "EST", "FIN"):
        _land(awake, state)
    _all_is_built_from(awake)


def test_landings_while_the_build_is_paused_are_told_of_and_built_from_afterwards(awake: Server) -> None:
    awake.patiently("engineer", "PATCH", "/api/v2/dags/build_index", json={"is_paused": True}).raise_for_status()
    awake.until(lambda: not _at_work(awake), "the end of what builds were at", 600)
    for state in ("LVA", "LTU"):
        _land(awake, state)
    (told,) = _forgotten(awake)
    assert told.startswith("2020: 2 returns landed, in no candidate since ")
    assert "2 returns in no candidate" in awake.ask("viewer", "GET", "/gci/").text
    awake.patiently("engineer", "PATCH", "/api/v2/dags/build_index", json={"is_paused": False}).raise_for_status()
    _all_is_built_from(awake)


def test_landings_while_nobody_schedules_are_built_from_afterwards(awake: Server) -> None:
    awake.kill("scheduler")
    folders = DataFolders(awake.data)
    for state in ("NOR", "SWE"):
        replay("2020", [state], folders)
    collect(folders)  # another machine's: no event of Airflow tells of it
    assert _forgotten(awake)
    awake.until(lambda: awake.part("scheduler"), "the scheduler")
    _all_is_built_from(awake)
