"""Reference data is corrected after an edition was published: its figures stay until its own next vintage."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from gci.audit.stage import write_audit
from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.build.kept import kept_seeds, project_of
from gci.core.database.warehouse_file import write
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.inputs import Inputs
from gci.gates.run import run_gate, run_gates
from gci.storage.release_log import latest
from project_copy import copied_project
from warehouse import warehouse

LEAST_DEVELOPED = {"2020": 46, "2024": 44}


@dataclass(frozen=True)
class Corrected:
    """The candidate of 2024 on a published 2020, built when the seeds say that Vanuatu was on the list until 2025.

    Attributes:
        seeds: the corrected seeds: Vanuatu's dates and the name of an indicator, both in both editions.
        candidate: the candidate, built.
        released: the file of 2020@v1.
        folders: the data folder.
    """

    seeds: Path
    candidate: Candidate
    released: Path
    folders: DataFolders


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corrected]:
    folder = tmp_path_factory.mktemp("corrected")
    project = copied_project(folder / "project") / "dbt_project"
    states = project / "seeds" / "states"
    _change(
        states / "seed_member_state_groups.csv", "VUT,development,ldc,1985-01-01,2020-12-03", "2020-12-03", "2025-12-03"
    )
    _change(states / "seed_group_exceptions.csv", "VUT,development,ldc,2020-12-04", "2020-12-04", "2025-12-04")
    held = warehouse()
    for edition in LEAST_DEVELOPED:
        framework = project / "seeds" / "frameworks" / f"seed_framework_{edition}.csv"
        _change(framework, "Substantive law on cybercrime", "Substantive law", "Criminal law")
    candidate = replace(held.both, folder=folder / "candidate")
    candidate.folder.mkdir()
    for document in held.both.folder.glob("*.json"):
        shutil.copy(document, candidate.folder)
    released = latest("2020", held.folders)
    assert released is not None
    for name, text in kept_seeds([released], project / "seeds").items():
        (candidate.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (candidate.folder / name).write_text(text, encoding="utf-8")
    (folder / "build").mkdir()
    with project_of(candidate.folder, project) as with_kept:
        job = Job(folder / "build", candidate.folder, held.folders.landing, project=with_kept)
        build_file(job)
    write(job.file, candidate.database)
    write_audit(candidate)
    yield Corrected(project / "seeds", candidate, held.folders.current, held.folders)


def _change(file: Path, line: str, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(line) == 1
    file.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")


def _least_developed(file: Path) -> dict[str, int]:
    with duckdb.connect(str(file), read_only=True) as connection:
        counted = "select edition, member_states from group_scores where member_group = 'ldc' and dimension = 'overall'"
        return dict(connection.execute(counted).fetchall())


def test_what_was_renamed_in_both_editions_has_its_new_name_in_the_one_that_moves(corrected: Corrected) -> None:
    with duckdb.connect(str(corrected.candidate.database), read_only=True) as connection:
        labels = dict(connection.execute("select edition, label_en from framework where node = 'ls1'").fetchall())
    assert (labels["2020"], labels["2024"]) == ("Substantive law on cybercrime", "Criminal law on cybercrime")


def test_the_edition_that_moves_follows_the_correction_and_the_other_stays_as_published(corrected: Corrected) -> None:
    assert _least_developed(corrected.released) == {"2020": LEAST_DEVELOPED["2020"]}
    assert _least_developed(warehouse().both.database) == LEAST_DEVELOPED
    assert _least_developed(corrected.candidate.database) == LEAST_DEVELOPED | {"2024": LEAST_DEVELOPED["2024"] + 1}


@pytest.mark.parametrize("gate", ["built", "release"])
def test_the_gates_let_the_correction_pass(corrected: Corrected, gate: str) -> None:
    report = run_gate(gate, corrected.candidate, corrected.folders, seeds=corrected.seeds)
    assert report.passed, [failure.check for failure in report.failures]


def test_what_is_published_of_2020_would_not_follow_from_the_corrected_dates(corrected: Corrected) -> None:
    """Held against nothing there is no earlier file to keep members from: the old edition differs from the seeds."""
    inputs = Inputs(corrected.folders.landing)
    (report,) = run_gates(["built"], corrected.candidate.database, None, inputs, seeds=corrected.seeds)
    assert "group_members.follows_from_the_dates" in {failure.check for failure in report.failures}
