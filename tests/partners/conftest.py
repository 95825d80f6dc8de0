"""Real servers on loopback, and Airflow connections to them in the environment, where Airflow looks for them first."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gci.core.paths import DataFolders
from gci.partners.contract import Contract, Gather
from gci.partners.contracts import contracts
from partners.web_server import WebServer, web_server


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


@pytest.fixture(scope="session", autouse=True)
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Airflow makes its home when it is first imported in this process: a home of its own, before that."""
    os.environ.setdefault("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    with web_server() as started:
        connection = {"conn_type": "http", "host": started.url}
        monkeypatch.setenv("AIRFLOW_CONN_PARTNER_WEB", json.dumps(connection))
        yield started


Source = Callable[..., Contract]


@pytest.fixture
def source() -> Source:
    """itu_idi (or another source), fetched from a path of a test server, without long waits."""

    def made(path: str, name: str = "itu_idi", connection: str = "partner_web", **how: Any) -> Contract:
        contract = contracts()[name]
        quick: dict[str, Any] = {"timeout": 5, "tries": 3, "wait": 0.01, "pause": 0}
        file = "table.{date}.csv" if contract.gather is None else contract.gather.name
        pages = None if contract.gather is None else contract.gather.pages
        return replace(contract, gather=Gather(connection, path, file, **{"pages": pages} | quick | how))

    return made
