"""A run that fetches: one partner answers, one does not; the run goes on, and both are seen under their names."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from command_line import Run, asked, gci, log_of, tasks
from gci.casework.refresh import refresh
from gci.core.paths import DataFolders
from partners.web_server import web_server


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """`gci run` on an empty data folder, with connections to a server that has the teams and not the convention."""
    data = tmp_path_factory.mktemp("fetched")
    with web_server() as server:
        connection = json.dumps({"conn_type": "http", "host": server.url})
        variables = {"AIRFLOW_CONN_GCI_FIRST": connection, "AIRFLOW_CONN_GCI_COUNCIL_OF_EUROPE": connection}
        yield Run(data, gci(data, "run", "--edition", "2020", "--json", **variables))


def test_one_task_a_partner_under_its_name(fetched: Run) -> None:
    found = {
        str(task.label).partition(":")[0]: task.state
        for task in tasks(fetched.data, "collect_partners")
        if task.task_id == "network.gather"
    }
    assert found == {"budapest_convention": "failed", "cirt_teams": "success"}


def test_the_log_says_why_and_that_the_latest_good_file_stays(fetched: Run) -> None:
    (down,) = [
        task
        for task in tasks(fetched.data, "collect_partners")
        if task.task_id == "network.gather" and task.state == "failed"
    ]
    assert "404" in log_of(fetched.data, down)


def test_what_was_fetched_is_collected_in_the_same_run(fetched: Run) -> None:
    (receipt,) = [json.loads(path.read_text()) for path in (fetched.data / "landing/receipts").glob("*.json")]
    assert (receipt["verdict"], receipt["source"]) == ("accepted", "cirt_teams")
    assert (fetched.data / "landing/gathered/cirt_teams.json").is_file()


def test_a_partner_that_is_down_does_not_fail_the_run(fetched: Run) -> None:
    assert fetched.done.code == 0, fetched.done.err
    assert fetched.done.document["failures"] == []
    (told,) = fetched.done.document["partners"]
    assert told.startswith("budapest_convention")


def test_its_failure_is_shown_by_status(fetched: Run) -> None:
    assert refresh(DataFolders(fetched.data))  # in this process, whose dbt has begun
    shown = gci(fetched.data, "status", "--edition", "2020", "--json").document["partners"]
    by_source = {one["source"]: one for one in shown}
    assert "404" in by_source["budapest_convention"]["failure"]
    assert by_source["cirt_teams"]["age_days"] == 0


def test_secrets_of_connections_are_written_nowhere(fetched: Run) -> None:
    assert asked(fetched.data, "select count(*) from connection where conn_id like 'gci_%'") == [(0,)]


def test_nothing_is_fetched_without_connections(waiting: Run) -> None:
    assert (waiting.done.code, waiting.done.document["partners"]) == (0, [])
    states = {task.task_id: task.state for task in tasks(waiting.data, "collect_partners")}
    assert (states["network.partners"], states["network.gather"]) == ("skipped", "skipped")
