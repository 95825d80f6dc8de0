"""`gci up`: one server from its start to its end, as its users see it."""

from __future__ import annotations

import socket
import stat
import time
from pathlib import Path

import httpx
import pytest

from command_line import gci
from gci.core.paths import DAGS
from server_process import PASSWORDS, Server, begin, processes_of, serving


def test_it_says_where_it_is_who_may_log_in_and_how(server: Server) -> None:
    for part in (server.address, "viewer", "engineer", "publisher", str(server.data / PASSWORDS)):
        assert part in server.said
    for name in ("viewer", "engineer", "publisher"):
        assert server.password(name) not in server.said
        assert len(server.password(name)) > 16
    for file in (PASSWORDS, "airflow/airflow.cfg"):
        assert stat.S_IMODE((server.data / file).stat().st_mode) == 0o600
    assert stat.S_IMODE((server.data / "airflow").stat().st_mode) == 0o700


def test_all_parts_are_at_work(server: Server) -> None:
    said = httpx.get(f"{server.address}/api/v2/monitor/health", timeout=60).json()
    assert {name: about["status"] for name, about in said.items()} == {
        "metadatabase": "healthy",
        "scheduler": "healthy",
        "triggerer": "healthy",
        "dag_processor": "healthy",
    }


def test_nobody_gets_in_without_a_password_of_their_own(server: Server) -> None:
    assert httpx.get(f"{server.address}/api/v2/dags", timeout=60).status_code == 401
    for password in ("viewer", "admin", ""):
        login = {"username": "viewer", "password": password}
        assert httpx.post(f"{server.address}/auth/token", json=login, timeout=60).status_code in (400, 401)


def test_roles_differ_in_what_they_may(server: Server) -> None:
    run = {"logical_date": None, "conf": {}}
    pool = {"name": "of_the_test", "slots": 1}
    with server.client("viewer") as api:
        assert api.get("/dags").status_code == 200
        assert api.post("/dags/build_index/dagRuns", json=run).status_code == 403
    with server.client("publisher") as api:
        assert api.post("/pools", json=pool).status_code == 403
    made = server.patiently("engineer", "POST", "/api/v2/pools", json=pool)
    assert made.status_code in (201, 409)  # 409: it was made by a try that found SQLite busy afterwards


def test_the_first_screen_has_every_dag_at_work_and_the_writers_pool(server: Server) -> None:
    with server.client("viewer") as api:
        dags = server.until(
            lambda: found if len(found := api.get("/dags").json()["dags"]) == len(list(DAGS.glob("*.py"))) else None,
            "all DAGs",
        )
        pool = api.get("/pools/warehouse_writer").json()
        errors = api.get("/importErrors").json()
    assert errors["total_entries"] == 0
    assert not any(dag["is_paused"] for dag in dags)
    assert {tag["name"] for dag in dags for tag in dag["tags"]} >= {"gci", "collect", "build", "publish"}
    assert pool["slots"] == 1


@pytest.mark.slow
def test_returns_are_collected_and_the_refused_one_is_seen_under_its_state_and_name(server: Server) -> None:
    run = server.trigger("collect_survey")
    server.ended("collect_survey", run)
    # A scheduled run may have been there first: what came in is the same, and the refused one is red once.
    tasks = [
        task for one in server.runs("collect_survey") for task in server.tasks("collect_survey", one["dag_run_id"])
    ]
    refused = [task for task in tasks if task["task_id"] == "quarantine.refused" and task["state"] == "failed"]
    assert [(task["rendered_map_index"], task["try_number"]) for task in refused] == [("FRA · FRA.csv", 1)]
    batches = [task for task in tasks if task["task_id"] == "landing.collect_batch" and task["state"] == "success"]
    assert [task["rendered_map_index"] for task in batches] == ["survey 1: 2020/AFG.csv … 2020/FRA.csv (3 files)"]
    assert len(list((server.data / "landing/survey").glob("[0-9a-f]*.parquet"))) == 2


def test_nothing_else_may_work_on_the_same_data_folder(server: Server) -> None:
    for command in (["up", "--port", "0"], ["run", "--edition", "2020"]):
        second = gci(server.data, *command)
        assert second.code == 1
        assert "gci up" in second.err
        assert server.address in second.err
    assert httpx.get(f"{server.address}/api/v2/monitor/health", timeout=60).status_code == 200


def test_a_port_that_is_taken_is_wrong_usage(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = gci(tmp_path, "up", "--port", str(taken.getsockname()[1]))
    assert done.code == 2
    assert "--port" in done.err


@pytest.mark.parametrize("told", ["Jane", "Jane:admin", ":viewer", "a:viewer,a:engineer"])
def test_users_that_cannot_be_read_are_wrong_usage(tmp_path: Path, told: str) -> None:
    done = gci(tmp_path, "up", "--port", "0", GCI_USERS=told)
    assert done.code == 2
    assert "GCI_USERS" in done.err
    assert not (tmp_path / PASSWORDS).exists()


def test_a_signal_stops_it_while_it_starts(tmp_path: Path) -> None:
    process = begin(tmp_path)
    assert process.stdout
    while "Starting" not in process.stdout.readline():
        assert process.poll() is None
    process.terminate()
    said, _ = process.communicate(timeout=120)
    assert "Stopped." in said
    assert process.returncode == 0
    assert processes_of(tmp_path) == {}


@pytest.mark.slow
def test_it_stops_with_all_its_parts_and_starts_again_as_it_was(tmp_path: Path) -> None:
    with serving(tmp_path, GCI_USERS="Jane Doe:publisher,ops:engineer") as first:
        before = first.password("Jane Doe")
        with first.client("ops") as api:
            api.patch("/dags/collect_partners", json={"is_paused": True}).raise_for_status()
    assert first.process.returncode == 0
    assert processes_of(tmp_path) == {}
    with serving(tmp_path, GCI_USERS="Jane Doe:publisher,viewer:viewer") as second:
        assert second.password("Jane Doe") == before
        with second.client("viewer") as api:
            assert api.get("/dags/collect_partners").json()["is_paused"]  # what somebody paused stays paused
        assert '"ops"' not in (tmp_path / PASSWORDS).read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_part_that_ends_by_itself_is_brought_back_and_named(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.kill("triggerer")
        assert server.process.stdout
        told = server.process.stdout.readline()
        assert "triggerer ended by itself" in told
        assert "was brought back" in told
        server.until(lambda: server.part("triggerer"), "a triggerer")
        assert httpx.get(f"{server.address}/api/v2/version", timeout=60).status_code == 200
    assert processes_of(tmp_path) == {}


@pytest.mark.slow
def test_no_part_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.process.kill()
        server.process.wait()
        end = time.monotonic() + 120
        while processes_of(tmp_path) and time.monotonic() < end:
            time.sleep(0.5)
        assert processes_of(tmp_path) == {}
