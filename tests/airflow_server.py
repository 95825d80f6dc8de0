"""Airflow as people meet it: api-server, scheduler, dag-processor and triggerer as processes, asked over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from command_line import environment
from gci.airflow_home import environment as of_airflow
from gci.paths import DataFolders

USERS = {"viewer": "viewer", "engineer": "op", "publisher": "user", "second publisher": "user"}
"""Users of the tests and their roles in Airflow's simple auth manager."""

_ROLES = "viewer:viewer,engineer:engineer,publisher:publisher,second publisher:publisher"
_PASSWORD = "only for this test"
_PARTS = (("api-server",), ("dag-processor",), ("triggerer", "--skip-serve-logs"), ("scheduler", "--skip-serve-logs"))
_HEALTHY = ("metadatabase", "dag_processor", "triggerer", "scheduler")


@dataclass(frozen=True)
class Server:
    """A running Airflow.

    Attributes:
        address: where its UI and API are.
        data: its data folder.
    """

    address: str
    data: Path
    tokens: dict[str, str] = field(default_factory=dict)

    password = _PASSWORD

    def ask(self, user: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        """Call the API as a user; None for somebody who has not logged in."""
        headers = {"Authorization": f"Bearer {self._token(user)}"} if user else {}
        return httpx.request(method, f"{self.address}{path}", headers=headers, timeout=60, **more)

    def get(self, path: str, **params: Any) -> Any:
        """What the API says to an engineer."""
        answered = self.ask("engineer", "GET", path, params=params)
        answered.raise_for_status()
        return answered.json()

    def trigger(self, dag_id: str, run_id: str, conf: dict[str, Any] | None = None) -> None:
        """Start a run of a DAG."""
        sent = {"dag_run_id": run_id, "logical_date": None, "conf": conf or {}}
        for _ in range(10):  # SQLite takes one writer at a time, and says so when it is busy
            answered = self.ask("engineer", "POST", f"/api/v2/dags/{dag_id}/dagRuns", json=sent)
            if answered.status_code not in (500, 503):
                break
            time.sleep(1)
        assert answered.status_code in (200, 409), answered.text

    def asked(self, dag_id: str, run_id: str) -> dict[str, Any] | None:
        """The request of the task `sign_off` of a run; None while there is none."""
        answered = self.ask("engineer", "GET", answer_path(dag_id, run_id))
        if answered.status_code == 404:
            return None
        found: dict[str, Any] = answered.raise_for_status().json()
        return found

    def answer(self, user: str | None, dag_id: str, run_id: str, option: str, **said: Any) -> httpx.Response:
        """Answer the request of a run."""
        sent = {"chosen_options": [option], "params_input": said}
        return self.ask(user, "PATCH", answer_path(dag_id, run_id), json=sent)

    def state(self, dag_id: str, run_id: str, task_id: str | None = None) -> str | None:
        """The state of a run or of one of its tasks."""
        task = f"/taskInstances/{task_id}" if task_id else ""
        found: str | None = self.get(f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}{task}")["state"]
        return found

    def await_state(
        self, wanted: set[str], dag_id: str, run_id: str, task_id: str | None = None, end: int = 180
    ) -> str:
        """Wait for a state and give it; fails with the state that there is when the time is up."""
        until = time.monotonic() + end
        while (state := self.state(dag_id, run_id, task_id)) not in wanted:
            assert time.monotonic() < until, f"{dag_id} {run_id} {task_id or ''} is {state}, not one of {wanted}"
            time.sleep(0.5)
        return str(state)

    def _token(self, user: str) -> str:
        if user not in self.tokens:
            given = httpx.post(f"{self.address}/auth/token", json={"username": user, "password": _PASSWORD}, timeout=60)
            self.tokens[user] = given.raise_for_status().json()["access_token"]
        return self.tokens[user]


def answer_path(dag_id: str, run_id: str) -> str:
    """Where the request of the task `sign_off` of a run is read and answered."""
    return f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances/sign_off/-1/hitlDetails"


@contextmanager
def running(data: Path, **variables: str) -> Iterator[Server]:
    """Start Airflow on a data folder, wait until all of it is healthy, and end it with the block.

    Args:
        data: the data folder.
        variables: further variables of its environment, which win over the warehouse's own.
    """
    port = _free_port()
    server = Server(f"http://localhost:{port}", data)
    home = data / "airflow"
    home.mkdir(parents=True, exist_ok=True)
    passwords = home / "simple_auth_manager_passwords.json.generated"
    passwords.write_text(json.dumps(dict.fromkeys(USERS, _PASSWORD)), encoding="utf-8")
    settings = environment(data) | of_airflow(DataFolders(data))
    settings |= {
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": server.address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{server.address}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{name}:{role}" for name, role in USERS.items()),
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "GCI_USERS": _ROLES,
    } | variables
    airflow = [sys.executable, "-m", "airflow"]
    subprocess.run([*airflow, "db", "migrate"], env=settings, check=True, capture_output=True)
    pool = [*airflow, "pools", "set", "warehouse_writer", "1", "one writer"]
    subprocess.run(pool, env=settings, check=True, capture_output=True)
    started = []
    try:
        for part in _PARTS:
            with (home / f"{part[0]}.log").open("wb") as log:
                begun = subprocess.Popen(
                    [*_bound(), *airflow, *part], env=settings, stdout=log, stderr=log, start_new_session=True
                )
            started.append(begun)
        _await_health(server, started)
        yield server
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _bound() -> list[str]:
    """No part outlives a test that is killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _await_health(server: Server, started: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + 240
    while True:
        assert all(process.poll() is None for process in started), f"a part ended: see {server.data / 'airflow'}/*.log"
        try:
            said = httpx.get(f"{server.address}/api/v2/monitor/health", timeout=10).json()
            if all(said[part]["status"] == "healthy" for part in _HEALTHY):
                return
        except (httpx.HTTPError, ValueError, KeyError):
            pass
        assert time.monotonic() < until, f"not healthy: see {server.data / 'airflow'}/*.log"
        time.sleep(0.5)
