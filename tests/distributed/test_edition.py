"""An edition over two workers that share only the object store, one killed on the way: the release is the same."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from compose import SECRETS
from distributed.services import BIN, Deployment, deployed
from gci.core.paths import DataFolders
from gci.publish.contents import PROVENANCE
from gci.storage.door import storage_of
from gci.storage.release_log import Release, releases
from object_store import environment

pytestmark = pytest.mark.slow

EDITION = "2020"
MOMENT = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
"""Returns are handed in and received at this moment, here and there: the warehouse says when each came in."""
HEALTHY = ("metadatabase", "scheduler", "dag_processor", "triggerer")


class Api:
    """Airflow's REST API, asked by the users whom the deployment made."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.tokens: dict[str, str] = {}

    def ask(self, role: str, method: str, path: str, **more: Any) -> httpx.Response:
        name, _, password = SECRETS[f"GCI_USER_{role.upper()}"].partition(":")
        if role not in self.tokens:
            login = {"username": name, "password": password}
            given = httpx.post(f"{self.address}/auth/token", json=login, timeout=60)
            assert given.is_success, given.text
            self.tokens[role] = given.json()["access_token"]
        headers = {"Authorization": f"Bearer {self.tokens[role]}"}
        return httpx.request(method, f"{self.address}{path}", headers=headers, timeout=60, **more)

    def get(self, path: str) -> Any:
        answered = self.ask("viewer", "GET", f"/api/v2/{path}")
        assert answered.is_success, answered.text
        return answered.json()

    def trigger(self, dag_id: str, **conf: str) -> str:
        sent = {"logical_date": None, "conf": conf}
        answered = self.ask("engineer", "POST", f"/api/v2/dags/{dag_id}/dagRuns", json=sent)
        assert answered.is_success, answered.text
        return f"dags/{dag_id}/dagRuns/{quote(answered.json()['dag_run_id'], safe='')}"

    def health(self) -> bool:
        try:
            said = httpx.get(f"{self.address}/api/v2/monitor/health", timeout=10).json()
            return all(said[part]["status"] == "healthy" for part in HEALTHY)
        except (httpx.HTTPError, ValueError, KeyError):
            return False

    def dags(self) -> set[str]:
        return {dag["dag_id"] for dag in self.get("dags")["dags"]}

    def state(self, path: str) -> str:
        return str(self.get(path)["state"])


def wait(holds: Callable[[], Any], what: str, seconds: int = 600) -> Any:
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, f"waited {seconds} s for {what}"
        time.sleep(0.5)
    return found


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(tmp_path_factory.mktemp("deployed"), MOMENT) as found:
        yield found


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The same returns through `gci run`, on one machine and without a store."""
    root = tmp_path_factory.mktemp("alone")
    variables = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(root), "GCI_DATA": str(root / "data")} | MOMENT
    for command in (["replay"], ["run", "--sign-off", "pia"]):
        ran = [BIN / "gci", command[0], "--edition", EDITION, *command[1:]]
        done = subprocess.run(ran, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    (release,) = releases(DataFolders(root / "data"))
    return release


@pytest.fixture(scope="module")
def together(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The edition over two workers, one killed while it builds, signed off over REST; as a third machine finds it."""
    places = deployment.places
    api = Api(places.api)
    wait(api.health, "all services to be healthy")
    wait(lambda: {"collect_survey", "build_index", "publish_edition"} <= api.dags(), "the DAGs")
    deployment.run("worker-1", "gci", "replay", "--edition", EDITION)
    api.trigger("collect_survey")
    builder = wait(lambda: building(deployment), "a worker that builds")
    deployment.kill(builder)
    deployment.start(builder)
    wait(lambda: built(api), "a candidate that passed its gates")
    sign_off(api)
    folders = DataFolders(tmp_path_factory.mktemp("elsewhere"), deployment.environment("worker-1")["GCI_STORE"])
    os.environ.update({key: value for key, value in deployment.environment("worker-1").items() if key[:4] == "AWS_"})
    storage_of(folders).pull()
    (release,) = releases(folders)
    return release


def building(deployment: Deployment) -> str | None:
    """The worker on whose disk dbt is at work."""
    for name in ("worker-1", "worker-2"):
        if any(deployment.places.data(name).glob("candidates/.*/dbt/logs")):
            return name
    return None


def built(api: Api) -> bool:
    runs = api.get("dags/build_index/dagRuns")["dag_runs"]
    assert not [run for run in runs if run["state"] == "failed"], runs
    done = [run for run in runs if run["state"] == "success"]
    return any(
        task["task_id"] == "build.gate_pages" and task["state"] == "success"
        for run in done
        for task in api.get(f"dags/build_index/dagRuns/{quote(run['dag_run_id'], safe='')}/taskInstances")[
            "task_instances"
        ]
    )


def sign_off(api: Api) -> None:
    """Answer as a person would: after some seconds, and only the publisher is heard."""
    run = api.trigger("publish_edition", edition=EDITION)
    wait(lambda: api.state(f"{run}/taskInstances/sign_off") == "awaiting_input", "the request for the sign-off")
    asked = api.get(f"{run}/taskInstances/request/xcomEntries/return_value")["value"]
    digest = (json.loads(asked) if isinstance(asked, str) else asked)["digest"]
    time.sleep(5)
    detail = api.get(f"{run}/taskInstances/sign_off/-1/hitlDetails")
    said = {"note": "compared with the printed table"} | ({"digest": digest} if "digest" in detail["params"] else {})
    answer = {"chosen_options": ["Approve"], "params_input": said}
    path = f"/api/v2/{run}/taskInstances/sign_off/-1/hitlDetails"
    for role in ("viewer", "engineer"):
        assert api.ask(role, "PATCH", path, json=answer).status_code == 403, role
    answered = api.ask("publisher", "PATCH", path, json=answer)
    assert answered.status_code == 200, answered.text
    wait(lambda: api.state(run) in ("success", "failed"), "the publication")
    assert api.state(run) == "success"


def test_the_release_is_that_of_one_machine(alone: Release, together: Release) -> None:
    for digest in ("inputs_digest", "candidate_digest", "content_digest"):
        assert together.document[digest] == alone.document[digest], digest


def test_every_table_is_the_same_to_the_byte(alone: Release, together: Release) -> None:
    """All files but those that say when and by whom: the provenance tables, what holds them, and the gates' reports."""

    def tables(release: Release) -> dict[str, str]:
        files = release.document["files"]
        names = [name for name in files if name.split("/")[0] in ("csv", "parquet")]
        return {name: files[name]["sha256"] for name in names if Path(name).stem not in PROVENANCE}

    assert len(tables(alone)) > 40
    assert tables(together) == tables(alone)


def test_it_says_who_signed(together: Release) -> None:
    signed = together.document["sign_off"]
    assert (signed["name"], signed["via"]) == ("pia", "airflow")
    assert signed["note"] == "compared with the printed table"


def test_both_workers_worked_and_one_try_was_lost(deployment: Deployment, together: Release) -> None:
    api = Api(deployment.places.api)
    runs = api.get("dags/build_index/dagRuns")["dag_runs"]
    tries = [
        task["try_number"]
        for run in runs
        for task in api.get(f"dags/build_index/dagRuns/{quote(run['dag_run_id'], safe='')}/taskInstances")[
            "task_instances"
        ]
        if task["task_id"] == "build.build_candidate"
    ]
    assert max(tries) > 1
    for name in ("worker-1", "worker-2"):
        assert "succeeded" in (deployment.places.root / f"{name}.log").read_text(errors="replace"), name


def test_what_analysts_read_is_in_the_store(deployment: Deployment, together: Release) -> None:
    import boto3

    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(f"http://127.0.0.1:{deployment.places.store}").items():
            patch.setenv(name, value)
        stored = boto3.client("s3").get_object(Bucket="gci", Key="warehouse/published/gci.duckdb")["Body"].read()
    assert stored == together.database.read_bytes()
