"""Backfill, clear and two at once, on a real server: whatever is done again, what is published is the same."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from command_line import gci
from gci.paths import DataFolders
from server_process import Server, serving

pytestmark = pytest.mark.slow

# Who signed when, and what was therefore hashed, differs between two publications of the same inputs.
OWN = {"releases", "gate_results", "editions"}


def _tree(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, hidden ones left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that do not tell of the publication itself."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [
            name for (name,) in connection.execute("select table_name from duckdb_tables() order by all").fetchall()
        ]
        return {name: connection.execute(f"from {name} order by all").fetchall() for name in tables if name not in OWN}


def _backfill(server: Server, dag_id: str, begin: str, end: str, *options: str) -> None:
    """`airflow backfill create`, as an operator types it."""
    window = ("--dag-id", dag_id, "--from-date", begin, "--to-date", end)
    done = gci(server.data, "airflow", "backfill", "create", *window, *options)
    assert done.code == 0, done.out + done.err


@pytest.fixture(scope="module")
def landed(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a data folder in which both editions have landed and nothing is built."""
    data = tmp_path_factory.mktemp("landed")
    shutil.copytree(published_data.landing, data / "landing")
    with serving(data) as server:
        yield server


@pytest.fixture(scope="module")
def published(landed: Server) -> Server:
    """Both editions published by the server, through backfills of their days of publication."""
    landed.trigger("build_index")
    landed.quiet()
    for edition, day in (("2020", "2021-06-29"), ("2024", "2024-09-12")):
        _backfill(landed, "publish_edition", day, day)
        landed.approve(f"{edition} for the record")
        landed.quiet()
        assert (landed.data / "published" / edition / "v1" / "release.json").is_file()
    return landed


def test_backfills_publish_the_edition_of_each_day_and_the_numbers_are_those_of_the_shell(
    published: Server, published_data: DataFolders
) -> None:
    by_server = published.data / "published"
    assert sorted(path.parent.name + path.name for path in by_server.glob("[0-9]*/v*")) == ["2020v1", "2024v1"]
    assert _rows(by_server / "gci.duckdb") == _rows(published_data.current)


def test_a_backfill_of_what_is_published_changes_nothing(published: Server) -> None:
    before = _tree(published.data / "published")
    window = ("2021-01-01", "2024-12-31")
    _backfill(published, "publish_edition", *window, "--reprocess-behavior", "completed", "--max-active-runs", "2")
    published.quiet()
    assert _tree(published.data / "published") == before


@pytest.mark.parametrize("dag_id", ["collect_survey", "build_index", "publish_edition"])
def test_any_task_may_be_cleared(published: Server, dag_id: str) -> None:
    published.quiet()
    before = {name: _tree(published.data / name) for name in ("published", "landing")}
    runs = [run["dag_run_id"] for run in published.runs(dag_id) if run["state"] == "success"]
    done = [run for run in runs if published.states(dag_id, run).get("publish", "success") == "success"][-1]
    for task in sorted(published.states(dag_id, done)):
        came_out = published.states(dag_id, done)
        published.clear(dag_id, done, task)
        if task == "sign_off":  # a person is asked again: what was approved before does not stand for another time
            published.approve("the same again")
        published.quiet()
        again = published.states(dag_id, done)
        assert {name: _tree(published.data / name) for name in before} == before, f"after {task} of {done}"
        assert again == came_out, f"after {task} of {done}"


def test_the_whole_run_of_an_old_edition_again_leaves_the_newer_one_alone(published: Server) -> None:
    published.quiet()
    before = _tree(published.data / "published")
    window = ("--start-date", "2021-06-29", "--end-date", "2021-06-29")
    done = gci(published.data, "airflow", "tasks", "clear", "publish_edition", *window, "--yes")
    assert done.code == 0, done.err
    published.quiet()
    assert _tree(published.data / "published") == before


def test_many_runs_at_once_collect_each_file_once(published: Server) -> None:
    assert gci(published.data, "replay", "--edition", "2020", "--state", "AFG", "--state", "EST").code == 0
    before = _tree(published.data / "landing")
    sent = published.data / "inbox/survey/2020/AFG.csv"
    sent.write_text(sent.read_text(encoding="utf-8").replace("\n2020", "\n2020", 1) + "\n", encoding="utf-8")
    _backfill(published, "collect_survey", "2026-01-01T00:00", "2026-01-01T05:00", "--max-active-runs", "6")
    for _ in range(2):
        published.trigger("collect_survey")
    published.quiet()
    assert not list((published.data / "inbox/survey/2020").iterdir())
    now = _tree(published.data / "landing")
    assert {name: digest for name, digest in now.items() if name in before} == before
    new = sorted(set(now) - set(before))
    assert len([name for name in new if name.startswith("survey/")]) == 1  # Estonia's had landed, Afghanistan's is new
    failed = [run for run in published.runs("collect_survey") if run["state"] == "failed"]
    assert failed == []


def test_two_runs_for_one_edition_publish_it_once(published: Server) -> None:
    before = _tree(published.data / "published/2020")
    runs = [published.trigger("publish_edition", {"edition": "2020"}) for _ in range(2)]
    for run in runs:
        published.until(
            lambda run=run: published.states("publish_edition", run)["choose"] in ("success", "skipped", "failed"),
            "the choice of a candidate",
        )
    published.quiet()
    assert {
        name: digest for name, digest in _tree(published.data / "published/2020").items() if name in before
    } == before
    assert len(list((published.data / "published/2020").glob("v*"))) <= 2
