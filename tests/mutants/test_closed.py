"""What a file holds besides its numbers, and what nothing in it tells, is stopped by name; one rule each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS, DataFolders
from gci.gates.inputs import Inputs
from gci.gates.papers import papers_of
from gci.gates.report import describe
from gci.gates.run import run_gates
from mutants.corruptions import NUMBERS, OBJECTS, PAPERS, UNKNOWN, Corruption
from mutants.good import good
from mutants.spoil import spoilt

CLOSED = {
    "catalogue_is_the_declared_one",
    "numbers_are_as_published",
    "days_are_on_the_calendar",
    "rows_stand_in_key_order",
}
OF_PAPERS = {
    "releases_are_known",
    "releases_are_in_order_of_time",
    "agrees_with_its_papers",
    "tables_are_as_stated",
    "file_is_the_published_one",
    "digests_are_known",
}


# What `make test` runs; `make mutants` runs all of it.
THIN = {
    "a macro named round",
    "a column that is another one each time",
    "a view that never ends",
    "a zero with a sign in a score",
    "a last day that never comes",
    "another name under a release",
}


def _table(*corruptions: Corruption) -> list[object]:
    return [pytest.param(one, id=one.name, marks=() if one.name in THIN else pytest.mark.slow) for one in corruptions]


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """The tables as they are declared, and of the rules those that this is about, at the gate release."""
    folder = tmp_path / "expectations"
    (folder / "rules").mkdir(parents=True)
    (folder / "recomputation.sql").write_text("create schema recomputed;")
    read = {gate: yaml.safe_load((EXPECTATIONS / f"{gate}.yml").read_text()) for gate in GATES}
    rules = {name: rule for gate in GATES for name, rule in read[gate]["rules"].items() if name in CLOSED | OF_PAPERS}
    for name, rule in rules.items():
        file = f"{rule.get('file', name)}.sql"
        shutil.copyfile(EXPECTATIONS / "rules" / file, folder / "rules" / file)
    read["release"]["rules"] = rules
    for gate in GATES:
        document = read[gate] if gate == "release" else read[gate] | {"rules": {}}
        (folder / f"{gate}.yml").write_text(yaml.safe_dump(document, sort_keys=False))
    return folder


def _stopped(file: Path, suites: Path, folders: DataFolders, against: Path | None = None) -> dict[str, str]:
    """The failing checks, each with what its rows say."""
    papers = papers_of(file, folders)
    (report,) = run_gates(["release"], file, against, Inputs(folders.landing), suites, papers=papers)
    return {
        check.check: "\n".join(describe(one) for one in report.failures if one.check == check.check)
        for check in report.checks
        if not check.passed
    }


def _is_stopped(corruption: Corruption, stopped: dict[str, str]) -> None:
    assert set(corruption.stopped_by) <= stopped.keys()
    assert any(corruption.names in stopped[check] for check in corruption.stopped_by), stopped


@pytest.mark.parametrize("corruption", _table(*OBJECTS, *NUMBERS))
def test_what_nobody_declared_is_stopped_by_name(corruption: Corruption, suites: Path, tmp_path: Path) -> None:
    nothing = DataFolders(tmp_path / "nothing")
    _is_stopped(corruption, _stopped(spoilt(corruption, good().published, tmp_path), suites, nothing))


def test_bytes_behind_the_last_block_are_stopped_by_name(suites: Path, tmp_path: Path) -> None:
    file = tmp_path / "longer.duckdb"
    file.write_bytes(good().published.read_bytes() + b"what is not out yet")
    stopped = _stopped(file, suites, DataFolders(tmp_path / "nothing"))
    assert "object=bytes" in stopped["catalogue_is_the_declared_one"]


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A published file far from where it was published, with nothing but its release.json."""
    newest = good().folders.release("2024", 1)
    folder = tmp_path / "alone"
    folder.mkdir()
    for name in ("gci.duckdb", "release.json"):
        shutil.copyfile(newest / name, folder / name)
    return folder / "gci.duckdb"


def test_a_file_with_its_papers_passes_alone(alone: Path, suites: Path, tmp_path: Path) -> None:
    assert _stopped(alone, suites, DataFolders(tmp_path / "nothing")) == {}


@pytest.mark.parametrize("corruption", _table(*PAPERS))
def test_what_its_papers_tell_cannot_be_changed(
    corruption: Corruption, alone: Path, suites: Path, tmp_path: Path
) -> None:
    spoilt(corruption, alone, tmp_path).replace(alone)
    _is_stopped(corruption, _stopped(alone, suites, DataFolders(tmp_path / "nothing")))


@pytest.mark.parametrize("corruption", _table(*UNKNOWN))
def test_what_nobody_knows_of_is_no_next_vintage(corruption: Corruption, suites: Path, tmp_path: Path) -> None:
    file = spoilt(corruption, good().published, tmp_path)
    _is_stopped(corruption, _stopped(file, suites, good().folders, good().published))
