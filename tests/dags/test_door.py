"""Who gets through: to the project's pages, and with an answer to the sign-off. Airflow's own app, without a server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from command_line import PROCESS, Run, asked, environment
from gci.casework.refresh import refresh
from gci.core.checksums import sha256
from gci.core.paths import DataFolders

ROLES = {"viewer": "viewer", "engineer": "op", "admin": "admin", "publisher": "user"}


def _question(user: str | None, method: str, path: str, **more: Any) -> dict[str, Any]:
    return {"user": user, "role": user and ROLES[user], "method": method, "path": path, **more}


def _answer(user: str | None, run_id: str, **said: Any) -> dict[str, Any]:
    path = f"/api/v2/dags/publish_edition/dagRuns/{quote(run_id, safe='')}/taskInstances/sign_off/-1/hitlDetails"
    return _question(user, "PATCH", path, body={"chosen_options": ["Approve"], "params_input": said})


@pytest.fixture(scope="module")
def door(waiting: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What is said to each of them, by a name for the question. None of them changes anything."""
    assert refresh(DataFolders(waiting.data))
    (folder,) = (waiting.data / "candidates").glob("2020-v1-*")
    ((run_id,),) = asked(waiting.data, "select run_id from dag_run where dag_id = 'publish_edition'")
    docs = f"/gci/candidates/{folder.name}"
    questions = {
        "stranger": _question(None, "GET", "/gci/"),
        "person": _question(None, "GET", "/gci/", headers={"Accept": "text/html"}),
        "forged": _question(None, "GET", "/gci/", headers={"Authorization": "Bearer abc"}),
        "shelf": _question("viewer", "GET", "/gci/shelf"),
        "status": _question("viewer", "GET", "/gci/status/2020"),
        "no edition": _question("viewer", "GET", "/gci/status/1999"),
        "writing": _question("engineer", "POST", "/gci/"),
        "data docs": _question("viewer", "GET", f"{docs}/data_docs/index.html"),
        "dbt docs": _question("viewer", "GET", f"{docs}/dbt_docs/index.html"),
        "dbt run": _question("viewer", "GET", f"{docs}/dbt"),
        "out": _question("viewer", "GET", f"{docs}/data_docs/..%2fmanifest.json"),
        "far out": _question("viewer", "GET", f"{docs}/data_docs/..%2f..%2f..%2fairflow%2fairflow.db"),
        "no candidate": _question("viewer", "GET", "/gci/candidates/..%2fairflow/data_docs/index.html"),
        "answer of nobody": _answer(None, run_id, digest="0" * 64),
        "answer of a viewer": _answer("viewer", run_id, digest="0" * 64),
        "answer of an engineer": _answer("engineer", run_id, digest="0" * 64),
        "answer of an administrator": _answer("admin", run_id, digest="0" * 64),
        "answer about another file": _answer("publisher", run_id, digest="0" * 64),
        "answer about no file": _answer("publisher", run_id),
        "answer after the log-in is over": _answer("publisher", run_id, digest=sha256(folder / "candidate.duckdb"))
        | {"lasts": -60},
        "shelf after the log-in is over": _question("viewer", "GET", "/gci/", lasts=-60),
    }
    script = Path(__file__).with_name("ask_in_process.py")
    target = tmp_path_factory.mktemp("door") / "said.json"
    subprocess.run(
        [*PROCESS, script, waiting.data, target],
        env=environment(waiting.data),
        input=json.dumps(list(questions.values())),
        text=True,
        check=True,
        capture_output=True,
    )
    return dict(zip(questions, json.loads(target.read_text(encoding="utf-8")), strict=True))


def test_nobody_gets_in_without_logging_in(door: dict[str, dict[str, Any]]) -> None:
    assert (door["stranger"]["status"], door["forged"]["status"]) == (401, 403)
    assert door["person"]["status"] == 307
    assert "/auth/login" in door["person"]["headers"]["location"]


def test_a_viewer_reads_and_nobody_writes(door: dict[str, dict[str, Any]]) -> None:
    assert "2020, vintage 1" in door["shelf"]["text"]
    assert "waiting" in door["shelf"]["text"]
    assert "194 of 194 states" in door["status"]["text"]
    assert "EST_second_try.csv" in door["status"]["text"]
    assert "Gates" in door["data docs"]["text"]
    assert "overall_scores" in door["dbt run"]["text"]
    assert door["writing"]["status"] == 405
    assert door["no edition"]["status"] == 404
    for page in ("shelf", "status", "data docs", "dbt run"):
        assert door[page]["status"] == 200
        policy = door[page]["headers"]["content-security-policy"]
        assert "default-src 'none'" in policy
        (scripts,) = [one.split() for one in policy.split(";") if one.strip().startswith("script-src")]
        assert len(scripts) == 2  # the pages' own, by its digest, and no other
        assert scripts[1].startswith("'sha256-")
    assert "sandbox allow-scripts" in door["dbt docs"]["headers"]["content-security-policy"]


def test_no_path_leads_out(door: dict[str, dict[str, Any]]) -> None:
    assert {door[path]["status"] for path in ("out", "far out", "no candidate")} == {404}


def test_only_a_publisher_may_answer_and_about_the_file_alone(door: dict[str, dict[str, Any]], waiting: Run) -> None:
    assert door["answer of nobody"]["status"] == 401
    for role in ("a viewer", "an engineer", "an administrator"):
        assert door[f"answer of {role}"]["status"] == 403
    assert "role publisher" in door["answer of an administrator"]["text"]
    for said in ("another file", "no file"):
        assert door[f"answer about {said}"]["status"] == 409
    # Right in everything but that its time is over.
    assert door["answer after the log-in is over"]["status"] in (401, 403)
    assert door["shelf after the log-in is over"]["status"] in (401, 403)
    assert asked(waiting.data, "select count(*) from hitl_detail where responded_at is not null") == [(0,)]
