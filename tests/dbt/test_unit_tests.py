"""The unit tests that stand in the models' yml, run by dbt on a built file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from gci.build.dbt_job import Job
from gci.casework.documents import documents
from gci.core.paths import DBT_PROJECT
from warehouse import warehouse


def in_yml() -> set[str]:
    """The names of the unit tests, as the files have them."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (DBT_PROJECT / "models").rglob("*.yml")]
    return {test["name"] for content in read for test in content.get("unit_tests", [])}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Status and message of each unit test. The models of a round are in no candidate: they are built beside it."""
    folder = tmp_path_factory.mktemp("unit_tests")
    from gci.build.dbt_engine import run_dbt  # all of dbt, which no other worker needs

    built, folders = warehouse().both.folder, warehouse().folders
    (folder / "dbt").mkdir()
    shutil.copy(built / "dbt" / "candidate.duckdb", folder / "dbt")
    texts = {path.name: path.read_text(encoding="utf-8") for path in built.glob("*.json")}
    for name, text in (texts | documents(folders, DBT_PROJECT).texts).items():
        (folder / name).write_text(text, encoding="utf-8")
    job = Job(folder, folder, folders.landing)
    before = Path.cwd()
    manifest = run_dbt("parse", job).result
    made = run_dbt(
        "build", job, "--select", "tag:survey", "--exclude-resource-type", "test", "unit_test", manifest=manifest
    )
    assert made.success
    outcome = run_dbt("test", job, "--select", "test_type:unit", manifest=manifest)
    assert Path.cwd() == before
    ran = [result for result in outcome.result.results if result.node.resource_type == "unit_test"]  # hooks report too
    return {result.node.name: f"{result.status} {result.message or ''}" for result in ran}


def test_every_unit_test_passes(outcomes: dict[str, str]) -> None:
    assert {name: said for name, said in outcomes.items() if not said.startswith("pass")} == {}


def test_none_is_left_out(outcomes: dict[str, str]) -> None:
    assert set(outcomes) == in_yml()
    assert len(outcomes) > 20
