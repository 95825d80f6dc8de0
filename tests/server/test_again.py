"""Backfill, clear and two at once, on a real server: whatever is done again, what is published is the same.

One server goes through all of it, in the order of this file.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from command_line import gci
from gci.core.paths import DataFolders
from server_process import Server, serving

pytestmark = pytest.mark.slow

# Who signed when, and what was therefore hashed, differs between two publications of the same inputs.
OWN = {"releases", "gate_results", "editions"}

# The other way round, so that each task finds what those before it had left.
LAST_FIRST = {
    "build_index": [
        *("build.gate_pages", "build.pages", "build.gate_built", "build.audit", "build.build_candidate"),
        *("build.gate_landed", "plan"),
    ],
    "publish_edition": ["publish", "rejected", "approved", "sign_off", "request", "gate_release", "choose"],
}


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
    shutil.copytree(published_data.landing, data / "landing", ignore=shutil.ignore_patterns("released"))
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


@pytest.mark.parametrize("dag_id", LAST_FIRST)
def test_any_task_may_be_cleared(published: Server, dag_id: str) -> None:
    published.quiet()
    before = {name: _tree(published.data / name) for name in ("published", "landing")}
    done = _done(published, dag_id)[-1]
    assert set(published.states(dag_id, done)) == set(LAST_FIRST[dag_id])
    for task in LAST_FIRST[dag_id]:
        came_out = published.states(dag_id, done)
        published.clear(dag_id, done, task)
        assert published.ended(dag_id, done) == "success", f"after {task} of {done}"
        assert {name: _tree(published.data / name) for name in before} == before, f"after {task} of {done}"
        # These look at what is there to do, and all of it has been done.
        expected = came_out | ({task: "skipped"} if task in ("plan", "choose", "sign_off") else {})
        assert published.states(dag_id, done) == expected, f"after {task} of {done}"


def test_nobody_is_asked_again_about_what_is_published(published: Server) -> None:
    before = _tree(published.data / "published")
    done = _done(published, "publish_edition")[0]
    cleared = [task for task in LAST_FIRST["publish_edition"] if task != "choose"]
    published.clear("publish_edition", done, *cleared)
    assert published.ended("publish_edition", done) == "success"
    held = {"choose": "success", "gate_release": "success", "request": "success"}
    assert published.states("publish_edition", done) == dict.fromkeys(cleared, "skipped") | held
    assert _tree(published.data / "published") == before


def test_a_backfill_of_what_is_published_changes_nothing(published: Server) -> None:
    before = _tree(published.data / "published")
    window = ("2021-01-01", "2024-12-31")
    _backfill(published, "publish_edition", *window, "--reprocess-behavior", "completed", "--max-active-runs", "2")
    published.quiet()
    assert _tree(published.data / "published") == before


def test_the_whole_run_of_an_old_edition_again_leaves_the_newer_one_alone(published: Server) -> None:
    published.quiet()
    before = _tree(published.data / "published")
    window = ("--start-date", "2021-06-29", "--end-date", "2021-06-29")
    done = gci(published.data, "airflow", "tasks", "clear", "publish_edition", *window, "--yes")
    assert done.code == 0, done.err
    published.quiet()
    assert _tree(published.data / "published") == before


def test_a_cleared_collection_says_the_same_again(published: Server) -> None:
    inbox = published.data / "inbox/survey/2020"
    assert gci(published.data, "replay", "--edition", "2020", "--state", "AFG").code == 0
    with (inbox / "AFG.csv").open("a", encoding="utf-8") as sent:
        sent.write("\n")  # other bytes, so that it is news
    broken = "edition,iso3,item,answer,evidence_url,comment\n2020,FRA,lm1,1.7,,\n"
    (inbox / "FRA.csv").write_text(broken, encoding="utf-8")
    run = published.trigger("collect_survey")
    published.ended("collect_survey", run)
    came_out = published.instances("collect_survey", run)
    assert came_out["quarantine.refused", "FRA · FRA.csv"] == "failed"
    before = {name: _tree(published.data / name) for name in ("landing", "quarantine")}
    published.clear("collect_survey", run, *sorted({task for task, _ in came_out} - {"inbox"}))
    published.ended("collect_survey", run)
    assert published.instances("collect_survey", run) == came_out
    assert {name: _tree(published.data / name) for name in before} == before
    # It looks again at what lies there now: nothing; what its run had taken stays landed, as the documents say.
    published.clear("collect_survey", run, "inbox", "landing.collect_batch")
    published.ended("collect_survey", run)
    assert published.states("collect_survey", run)["inbox"] == "skipped"
    assert {name: _tree(published.data / name) for name in before} == before


def test_many_runs_at_once_collect_each_file_once(published: Server) -> None:
    states = ("EST", "FIN", "LVA", "LTU")
    options = [word for state in states for word in ("--state", state)]
    assert gci(published.data, "replay", "--edition", "2020", *options).code == 0
    inbox = published.data / "inbox/survey/2020"
    for state in states[1:]:
        with (inbox / f"{state}.csv").open("a", encoding="utf-8") as sent:
            sent.write("\n")
    before = _tree(published.data / "landing")
    _backfill(published, "collect_survey", "2026-01-01T00:00", "2026-01-01T05:00", "--max-active-runs", "6")
    for _ in range(2):
        published.trigger("collect_survey")
    published.quiet()
    assert not list(inbox.iterdir())
    now = _tree(published.data / "landing")
    assert {name: digest for name, digest in now.items() if name in before} == before
    # Estonia's return has landed before; each of the others is new once.
    assert len([name for name in set(now) - set(before) if name.startswith("survey/")]) == len(states) - 1
    assert [run for run in published.runs("collect_survey") if run["state"] == "failed"][1:] == []


def test_two_runs_for_one_edition_publish_it_once(published: Server) -> None:
    published.quiet()
    before = {name: _tree(published.data / "published" / name) for name in ("2020", "2024")}
    runs = [published.trigger("publish_edition", {"edition": "2020"}) for _ in range(2)]
    for run in runs:
        published.settled("publish_edition", run)
    while published.asked():
        published.approve("once is enough")
        published.quiet()
    came_out = [published.states("publish_edition", run)["publish"] for run in runs]
    assert "success" in came_out
    assert sorted(path.name for path in (published.data / "published/2020").glob("v*")) == ["v1", "v2"]
    assert _tree(published.data / "published/2024") == before["2024"]
    assert _tree(published.data / "published/2020").items() >= before["2020"].items()


def _done(server: Server, dag_id: str) -> list[str]:
    """The runs whose last task has done something, oldest first."""
    last = LAST_FIRST[dag_id][0]
    runs = [run["dag_run_id"] for run in server.runs(dag_id)]
    return [run for run in runs if server.states(dag_id, run)[last] == "success"]
