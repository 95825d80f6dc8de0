"""A server as its users have it: started with `gci up`, logged in to, asked through its REST API, stopped."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from command_line import GCI, environment

PASSWORDS = "airflow/simple_auth_manager_passwords.json.generated"
UNFINISHED = {"queued", "running"}
_numbers = itertools.count(1)


@dataclass
class Server:
    """A server that runs.

    Attributes:
        data: its data folder.
        address: where it is reached.
        process: its supervisor.
        said: what it told on the way.
        tokens: of the users who have logged in.
    """

    data: Path
    address: str
    process: subprocess.Popen[str]
    said: str
    tokens: dict[str, str] = field(default_factory=dict)

    def password(self, name: str) -> str:
        """The password of a user, from the file that `gci up` names."""
        return str(json.loads((self.data / PASSWORDS).read_text(encoding="utf-8"))[name])

    def client(self, name: str) -> httpx.Client:
        """The REST API as a user sees it who has logged in."""
        header = {"Authorization": f"Bearer {self._token(name)}"}
        return httpx.Client(base_url=f"{self.address}/api/v2", headers=header, timeout=60)

    def ask(self, user: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        """Call any address of the server as a user; None for somebody who has not logged in."""
        headers = {"Authorization": f"Bearer {self._token(user)}"} if user else {}
        return httpx.request(method, f"{self.address}{path}", headers=headers, timeout=60, **more)

    def patiently(self, user: str, method: str, path: str, **more: Any) -> httpx.Response:
        """The same, again while SQLite is busy: it takes one writer at a time, and Airflow says 500 then."""
        for _ in range(10):
            answered = self.ask(user, method, path, **more)
            if answered.status_code not in (500, 503):
                break
            time.sleep(1)
        return answered

    def get(self, path: str, **params: Any) -> Any:
        """What the REST API says to an engineer."""
        return self.ask("engineer", "GET", f"/api/v2{path}", params=params).raise_for_status().json()

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> str:
        """Start a DAG as an engineer does in the UI; the run's name."""
        run_id = f"test_{next(_numbers)}"
        body = {"dag_run_id": run_id, "logical_date": None, "conf": conf or {}}
        answered = self.patiently("engineer", "POST", f"/api/v2/dags/{dag_id}/dagRuns", json=body)
        assert answered.status_code in (200, 409), answered.text
        return run_id

    def request(self, dag_id: str, run_id: str) -> dict[str, Any] | None:
        """The request of the task `sign_off` of a run; None while there is none."""
        answered = self.ask("engineer", "GET", _answer_path(dag_id, run_id))
        if answered.status_code == 404:
            return None
        found: dict[str, Any] = answered.raise_for_status().json()
        return found

    def answer(self, user: str | None, dag_id: str, run_id: str, option: str, **said: Any) -> httpx.Response:
        """Answer the request of the task `sign_off` of a run."""
        sent = {"chosen_options": [option], "params_input": said}
        return self.ask(user, "PATCH", _answer_path(dag_id, run_id), json=sent)

    def state(self, dag_id: str, run_id: str, task_id: str | None = None) -> str | None:
        """The state of a run or of one of its tasks."""
        task = f"/taskInstances/{task_id}" if task_id else ""
        found: str | None = self.get(f"/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}{task}")["state"]
        return found

    def await_state(
        self, wanted: set[str], dag_id: str, run_id: str, task_id: str | None = None, seconds: float = 300
    ) -> str:
        """Wait for one of some states of a run or of one of its tasks, and give it."""

        def reached() -> str | None:
            state = self.state(dag_id, run_id, task_id)
            return state if state in wanted else None

        return str(self.until(reached, f"{dag_id} {run_id} {task_id or ''} to become one of {wanted}", seconds))

    def runs(self, dag_id: str = "~") -> list[dict[str, Any]]:
        """The runs of a DAG, or all, oldest first."""
        with self.client("viewer") as api:
            said = api.get(f"/dags/{dag_id}/dagRuns", params={"limit": 200, "order_by": "id"}).raise_for_status()
        return list(said.json()["dag_runs"])

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run."""
        with self.client("viewer") as api:
            said = api.get(f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances", params={"limit": 500}).raise_for_status()
        return list(said.json()["task_instances"])

    def states(self, dag_id: str, run_id: str) -> dict[str, str | None]:
        """The state of each task of a run, or of its last mapped instance."""
        return {task["task_id"]: task["state"] for task in self.tasks(dag_id, run_id)}

    def instances(self, dag_id: str, run_id: str) -> dict[tuple[str, str | None], str | None]:
        """The state of each task instance of a run, by task and label."""
        return {(task["task_id"], task["rendered_map_index"]): task["state"] for task in self.tasks(dag_id, run_id)}

    def until(self, holds: Any, what: str, seconds: float = 300) -> Any:
        """Wait until something holds; the server must live, and that long at most."""
        end = time.monotonic() + seconds
        while not (found := holds()):
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < end, f"in vain waited for: {what}"
            time.sleep(0.5)
        return found

    def ended(self, dag_id: str, run_id: str, seconds: float = 300) -> str:
        """Wait for the end of a run; its state."""

        def state() -> str | None:
            (run,) = [one for one in self.runs(dag_id) if one["dag_run_id"] == run_id]
            return None if run["state"] in UNFINISHED else str(run["state"])

        return str(self.until(state, f"the end of {dag_id} {run_id}", seconds))

    def clear(self, dag_id: str, run_id: str, *tasks: str) -> None:
        """Clear tasks of a run as in the UI: these alone, all of their mapped instances."""
        body = {"dry_run": False, "dag_run_id": run_id, "task_ids": list(tasks), "only_failed": False}
        self.patiently("engineer", "POST", f"/api/v2/dags/{dag_id}/clearTaskInstances", json=body).raise_for_status()

    def approve(self, note: str) -> None:
        """Approve a request that waits, as a publisher does: some seconds after it has come up."""
        waiting, *_ = self.until(self.asked, "a request for the sign-off", 600)
        time.sleep(5)
        task = waiting["task_instance"]
        form = {name: shown["value"] for name, shown in waiting["params"].items()} | {"note": note}
        self.answer("publisher", task["dag_id"], task["dag_run_id"], "Approve", **form).raise_for_status()

    def settled(self, dag_id: str, run_id: str) -> bool:
        """Wait until a run has ended or waits for a person; whether it waits."""

        def found() -> str | None:
            if "awaiting_input" in self.states(dag_id, run_id).values():
                return "waits"
            (run,) = [one for one in self.runs(dag_id) if one["dag_run_id"] == run_id]
            return None if run["state"] in UNFINISHED else "ended"

        return str(self.until(found, f"{dag_id} {run_id} to settle", 600)) == "waits"

    def quiet(self, seconds: float = 900) -> None:
        """Wait until for some time no run is at work, but for those that wait for a person: one may wake another."""
        since = time.monotonic()

        def nothing_runs() -> bool:
            nonlocal since
            runs = [one for one in self.runs() if one["state"] in UNFINISHED and one["dag_id"] != "edition_calendar"]
            if not all("awaiting_input" in self.states(run["dag_id"], run["dag_run_id"]).values() for run in runs):
                since = time.monotonic()
            return time.monotonic() > since + 15

        self.until(nothing_runs, "the end of all runs", seconds)

    def asked(self, dag_id: str = "publish_edition") -> list[dict[str, Any]]:
        """The requests for a sign-off that wait, and have waited for some seconds: people are slow."""
        with self.client("publisher") as api:
            path = f"/dags/{dag_id}/dagRuns/~/hitlDetails"
            said = api.get(path, params={"state": "awaiting_input", "response_received": False}).raise_for_status()
        return list(said.json()["hitl_details"])

    def part(self, name: str) -> int | None:
        """The process of a part of the server, such as `scheduler`; None while there is none."""
        return min(
            (pid for pid, command in processes_of(self.data).items() if f"airflow {name}" in command), default=None
        )

    def kill(self, name: str) -> None:
        """Have a part end at once, as a machine without memory does."""
        pid = self.part(name)
        assert pid, f"{name} is not at work"
        os.kill(pid, signal.SIGKILL)

    def _token(self, name: str) -> str:
        if name not in self.tokens:
            login = {"username": name, "password": self.password(name)}
            given = httpx.post(f"{self.address}/auth/token", json=login, timeout=60).raise_for_status()
            self.tokens[name] = given.json()["access_token"]
        return self.tokens[name]


def processes_of(data: Path) -> dict[int, str]:
    """The processes that work for a data folder, with their commands."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"GCI_DATA={data}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has ended, or is not ours
            continue
    return found


def _answer_path(dag_id: str, run_id: str) -> str:
    """Where the request of the task `sign_off` of a run is read and answered."""
    return f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}/taskInstances/sign_off/-1/hitlDetails"


def begin(data: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    """Start `gci up` on a data folder, on a port that is free; the caller ends it."""
    return subprocess.Popen(
        [GCI, "up", "--port", "0", *options],
        env=environment(data) | variables,
        cwd=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(data: Path, **variables: str) -> Iterator[Server]:
    """A server on a data folder, ready, stopped afterwards as with Ctrl-C."""
    process = begin(data, "--wait", "300", **variables)
    try:
        said = ""
        assert process.stdout
        while "Ctrl-C stops it" not in said:
            line = process.stdout.readline()
            assert line, f"the server did not come up: {said}"
            said += line
        address = next(word for word in said.split() if word.startswith("http://"))
        yield Server(data, address, process, said)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
