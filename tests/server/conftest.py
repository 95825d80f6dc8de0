"""The servers that tests share: one as its users have it, one that only asks for sign-offs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from asked_about import candidate_with_a_review
from command_line import gci
from project_copy import copied_project
from server_process import Server, serving

SIGNERS = "viewer:viewer,engineer:engineer,publisher:publisher,second publisher:publisher"


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
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose only DAG asks, about a candidate that `second publisher` reviewed. Share it: tests make runs."""
    project = copied_project(tmp_path_factory.mktemp("project"))
    shutil.rmtree(project / "dags")
    shutil.copytree(Path(__file__).with_name("dags"), project / "dags")
    data = tmp_path_factory.mktemp("asking")
    candidate_with_a_review(data, "Second  Publisher")
    with serving(data, PYTHONPATH=str(project / "include"), GCI_USERS=SIGNERS) as started:
        yield started
