"""The servers that tests share: one as its users have it, one that only asks for sign-offs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from airflow_server import Server as AskingServer
from airflow_server import running
from command_line import gci
from server_process import Server, serving


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a data folder in whose inbox lie two good returns and one that will be refused."""
    data = tmp_path_factory.mktemp("server")
    assert gci(data, "replay", "--edition", "2020", "--state", "AFG", "--state", "EST").code == 0
    broken = "edition,iso3,item,answer,evidence_url,comment\n2020,FRA,lm1,1.7,,\n"
    (data / "inbox/survey/2020/FRA.csv").write_text(broken, encoding="utf-8")
    with serving(data) as found:
        yield found


@pytest.fixture(scope="package")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AskingServer]:
    """A server whose only DAG is `ask_only`. Share it: each test makes runs of its own."""
    data = tmp_path_factory.mktemp("asking")
    with running(data, AIRFLOW__CORE__DAGS_FOLDER=str(Path(__file__).with_name("dags"))) as started:
        yield started
