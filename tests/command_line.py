"""Runs `gci` as a user does, in a process of its own, and reads what Airflow recorded of it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.core.paths import DataFolders

GCI = Path(sys.executable).with_name("gci")
PROCESS = (sys.executable, str(Path(__file__).with_name("seldom_garbage.py")))
"""What begins a process of its own for a script of the tests and its arguments."""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What `--json` printed: the whole of stdout must be one document."""
        assert self.out, f"nothing on stdout; on stderr: {self.err}"
        return json.loads(self.out)


@dataclass(frozen=True)
class Run:
    """A data folder after a command, and what the command said."""

    data: Path
    done: Done


@dataclass(frozen=True)
class Task:
    """A task instance as the UI would list it."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    label: str | None
    state: str | None
    tries: int


def environment(data: Path) -> dict[str, str]:
    """This process's environment, without what other tests may have set for Airflow, for a data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return kept | {"GCI_DATA": str(data)}


def gci(data: Path, *arguments: str, **variables: str) -> Done:
    """Run `gci` on a data folder and wait for its end; `variables` are further ones of its environment."""
    done = subprocess.run(
        [GCI, *arguments], env=environment(data) | variables, cwd=data, capture_output=True, text=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def begin(data: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `gci` on a data folder; the caller ends it or waits for it."""
    return subprocess.Popen(
        [GCI, *arguments],
        env=environment(data),
        cwd=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_dags(data: Path, *dags: tuple[str, dict[str, str]], **variables: str) -> list[dict[str, str]]:
    """Start DAGs one after the other, as one does in the UI (see dags/start_dag.py); the states of each one's tasks."""
    done = subprocess.run(
        [*PROCESS, Path(__file__).parent / "dags" / "start_dag.py", data, json.dumps(dags)],
        env=environment(data) | variables,
        check=True,
        capture_output=True,
        text=True,
    )
    came_out: list[dict[str, str]] = json.loads(done.stdout)
    return came_out


def tasks(data: Path, dag_id: str) -> list[Task]:
    """The task instances of the latest run of a DAG, from the metadata database."""
    with sqlite3.connect(data / "airflow" / "airflow.db") as connection:
        rows = connection.execute(
            """
            select dag_id, run_id, task_id, map_index, rendered_map_index, state, try_number from task_instance
            where run_id = (select run_id from dag_run where dag_id = ?1 order by id desc limit 1) and dag_id = ?1
            order by task_id, map_index
            """,
            [dag_id],
        ).fetchall()
    return [Task(*row) for row in rows]


def states(data: Path, dag_id: str) -> dict[str, str | None]:
    """The state of each task that is not mapped, or of its first instance."""
    return {task.task_id: task.state for task in reversed(tasks(data, dag_id))}


def asked(data: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Rows from the metadata database."""
    with sqlite3.connect(data / "airflow" / "airflow.db") as connection:
        return connection.execute(sql, parameters).fetchall()


def log_of(data: Path, task: Task) -> str:
    """What the task logged, from the file in which the UI looks for it."""
    folder = data / "airflow" / "logs" / f"dag_id={task.dag_id}" / f"run_id={task.run_id}" / f"task_id={task.task_id}"
    if task.map_index >= 0:
        folder = folder / f"map_index={task.map_index}"
    lines = (folder / f"attempt={task.tries}.log").read_text(encoding="utf-8").splitlines()
    return "\n".join(str(json.loads(line).get("event")) for line in lines)


def said(folders: DataFolders, *arguments: str, code: int = 0) -> Any:
    """What a command prints with --json, having ended as it should."""
    done = gci(folders.root, *arguments, "--json")
    assert done.code == code, done.err
    return done.document


def text(folders: DataFolders, *arguments: str, code: int = 0) -> str:
    """What a command prints for people."""
    done = gci(folders.root, *arguments)
    assert done.code == code, done.err
    return done.out
