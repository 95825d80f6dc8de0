"""Reference data is corrected after an edition was published: its figures stay until its own next vintage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from gci.build.dbt_run import Job, build_file
from gci.gates.inputs import Inputs
from gci.gates.report import as_text
from gci.gates.run import hold
from gci.paths import DataFolders
from gci.publish.database import write
from project_copy import copied_project
from warehouse import warehouse

LEAST_DEVELOPED = {"2020": 46, "2024": 44}


@dataclass(frozen=True)
class Corrected:
    """The candidate of 2024 on a published 2020, built when the seeds say that Vanuatu was on the list until 2025.

    Attributes:
        seeds: the corrected seeds; the correction touches both editions.
        file: the candidate's file.
        released: the file of 2020@v1.
        folders: the data folder.
    """

    seeds: Path
    file: Path
    released: Path
    folders: DataFolders


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corrected]:
    folder = tmp_path_factory.mktemp("corrected")
    project = copied_project(folder / "project") / "dbt_project"
    states = project / "seeds" / "states"
    _change(states / "member_state_groups.csv", "VUT,development,ldc,1985-01-01,2020-12-03", "2020-12-03", "2025-12-03")
    _change(states / "group_exceptions.csv", "VUT,development,ldc,2020-12-04", "2020-12-04", "2025-12-04")
    held = warehouse()
    (folder / "build").mkdir()
    job = Job(folder / "build", held.both.folder, held.folders.landing, project=project)
    build_file(job)
    write(job.file, folder / "candidate.duckdb")
    yield Corrected(project / "seeds", folder / "candidate.duckdb", held.folders.current, held.folders)


def _change(file: Path, line: str, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(line) == 1
    file.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")


def _least_developed(file: Path) -> dict[str, int]:
    with duckdb.connect(str(file), read_only=True) as connection:
        counted = "select edition, member_states from group_scores where member_group = 'ldc' and dimension = 'overall'"
        return dict(connection.execute(counted).fetchall())


def test_the_edition_that_moves_follows_the_correction_and_the_other_stays_as_published(corrected: Corrected) -> None:
    assert _least_developed(corrected.released) == {"2020": LEAST_DEVELOPED["2020"]}
    assert _least_developed(warehouse().both.database) == LEAST_DEVELOPED
    assert _least_developed(corrected.file) == LEAST_DEVELOPED | {"2024": LEAST_DEVELOPED["2024"] + 1}


def test_the_gates_let_the_correction_pass(corrected: Corrected) -> None:
    inputs = Inputs(corrected.folders.landing, "2024", 1)
    reports = hold(("built", "release"), corrected.file, corrected.released, inputs, seeds=corrected.seeds)
    about_groups = [
        as_text(failure.found) + " " + failure.check
        for report in reports
        for failure in report.failures
        if "group" in failure.check or "stays" in failure.check or failure.table in ("group_scores", "capacity_gaps")
    ]
    assert not about_groups


def test_what_is_published_of_2020_would_not_follow_from_the_corrected_dates(corrected: Corrected) -> None:
    """Held against nothing there is no earlier file to keep members from: the old file differs from the seeds."""
    inputs = Inputs(corrected.folders.landing)
    reports = hold(("built",), corrected.file, None, inputs, seeds=corrected.seeds)
    failing = {failure.check for report in reports for failure in report.failures}
    assert "group_members.follows_from_the_dates" in failing
