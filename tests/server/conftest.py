"""One Airflow for the questions that are asked of it alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from airflow_server import Server, running


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose only DAG is `ask_only`. Share it: each test makes runs of its own."""
    data = tmp_path_factory.mktemp("asking")
    with running(data, AIRFLOW__CORE__DAGS_FOLDER=str(Path(__file__).with_name("dags"))) as server:
        yield server
