"""The parts of Airflow that make up a server, and the settings that tie them together."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gci.core.paths import DataFolders
from gci.orchestration.settings import DATABASE, PATIENCE, environment
from gci.sign_off.users import PASSWORDS, User, setting


@dataclass(frozen=True)
class Part:
    """One process of the server.

    Attributes:
        name: what it is called, in messages and for its log.
        command: how it is started.
        health: its key in the answer of Airflow's health check.
    """

    name: str
    command: tuple[str, ...]
    health: str


def parts(host: str, port: int) -> tuple[Part, ...]:
    """The parts, in the order in which they are started; they are stopped in the reverse order.

    The api-server comes first and goes last: running tasks report to it. The scheduler runs the tasks itself
    (LocalExecutor). Logs are read from the disk, so that no part needs a port of its own for them, and two servers
    on two data folders do not meet.
    """
    airflow = (*_ends_with_us(), sys.executable, "-m", "airflow")
    return (
        Part("api-server", (*airflow, "api-server", "--host", host, "--port", str(port)), "metadatabase"),
        Part("dag-processor", (*airflow, "dag-processor"), "dag_processor"),
        Part("triggerer", (*airflow, "triggerer", "--skip-serve-logs"), "triggerer"),
        Part("scheduler", (*airflow, "scheduler", "--skip-serve-logs"), "scheduler"),
    )


def settings(folders: DataFolders, address: str, known: Sequence[User]) -> dict[str, str]:
    """The environment of all parts: this process's, the warehouse's, and what makes them one server.

    An operator's own AIRFLOW__ variables win over what only suits a machine of this size.

    Args:
        folders: the data folder.
        address: where the api-server will be reached, e.g. http://localhost:8080.
        known: who may log in.
    """
    suits = {
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__PARALLELISM": str(max(4, os.cpu_count() or 1)),
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # On a busy machine the api-server takes its time: a task that gave up after 5 seconds would be red for nothing.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",
        # Written for places that send logs or metrics nowhere else: one line per check would fill them.
        "AIRFLOW__DAG_PROCESSOR__PRINT_STATS_INTERVAL": "600",
    }
    ties = {
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": setting(list(known)),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folders.airflow / PASSWORDS),
    }
    return suits | dict(os.environ) | environment(folders) | ties


def settings_of(part: Part, together: Mapping[str, str]) -> dict[str, str]:
    """The environment of one part.

    The api-server waits for SQLite in the very thread in which the request that it waits for would end: there patience
    only makes everybody wait, and whoever asked asks again.

    Args:
        part: the part.
        together: what all parts have in common.
    """
    of_all, long = dict(together), f"?timeout={PATIENCE}"
    if part.health == "metadatabase" and of_all.get(DATABASE, "").endswith(long):
        of_all[DATABASE] = of_all[DATABASE].removesuffix(long) + "?timeout=5"
    return of_all


def log_file(name: str, folders: DataFolders) -> Path:
    """Where a part writes what it has to say; the time before is kept beside it as `<name>.log.1`."""
    return folders.airflow / "logs" / "server" / f"{name}.log"


def _ends_with_us() -> tuple[str, ...]:
    """Have the kernel end a part when its supervisor is killed and cannot do so itself."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()
