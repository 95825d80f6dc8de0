"""The server of `gci up` with users and settings that a test chooses, DAGs of its own among them, asked over HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from gci.paths import DataFolders
from gci.server.parts import parts, settings
from gci.server.supervisor import Supervisor
from gci.server.users import PASSWORDS, users

USERS = "viewer:viewer,engineer:engineer,publisher:publisher,second publisher:publisher"
"""Users of the tests and their roles."""

_PASSWORD = "only for this test"


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
    folders, known = DataFolders(data), users(USERS)
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = int(tried.getsockname()[1])
    server = Server(f"http://localhost:{port}", data)
    folders.airflow.mkdir(parents=True, exist_ok=True)
    (folders.airflow / PASSWORDS).write_text(json.dumps({user.name: _PASSWORD for user in known}), encoding="utf-8")
    environment = {name: value for name, value in settings(folders, server.address, known).items() if value}
    environment |= {"GCI_USERS": USERS, "AIRFLOW__CORE__PARALLELISM": "4"} | variables
    subprocess.run([sys.executable, "-m", "gci.server.prepare"], env=environment, check=True, capture_output=True)
    with (
        (folders.airflow / "kept").open("wb") as kept,
        Supervisor(parts("127.0.0.1", port), folders, environment, kept.fileno()) as supervisor,
    ):
        supervisor.bring_up(server.address, 300, lambda seconds: time.sleep(seconds) or False)
        yield server
