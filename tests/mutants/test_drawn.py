"""Draws and pairs that are not what the answers give are refused, by one rule alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gci.audit.stage import DRAWS, FOLDER, PAIRS
from gci.build.kept import project_of
from gci.gates.inputs import inputs_of, inputs_of_file
from gci.gates.run import FILE_GATES, run_gates
from mutants.drawn import DRAWN, Drawn
from mutants.good import good

# What `make test` runs; `make mutants` runs all of it.
THIN = {"a score that was not drawn"}


@pytest.mark.parametrize(
    "drawn", [pytest.param(one, id=one.name, marks=() if one.name in THIN else pytest.mark.slow) for one in DRAWN]
)
def test_draws_that_were_changed_are_stopped(drawn: Drawn, tmp_path: Path) -> None:
    candidate, folders = good().candidate, good().folders
    for file in (DRAWS, PAIRS):
        table = pq.read_table(candidate.folder / FOLDER / file)
        if (changed := drawn.change(table) if drawn.file == file else table) is not None:
            pq.write_table(changed, tmp_path / file)
    inputs = replace(inputs_of(candidate, folders), audits=((candidate.edition, candidate.vintage, tmp_path),))
    with project_of(candidate.folder) as project:
        reports = run_gates(FILE_GATES, candidate.database, folders.current, inputs, seeds=project / "seeds")
    assert {check.check for report in reports for check in report.checks if not check.passed} == set(drawn.stopped_by)


def test_the_draws_of_a_candidate_that_was_published_since_count_once() -> None:
    there = good()
    (folder,) = (there.folders.candidates).glob("2024-v1-*")
    audits = inputs_of_file(folder / there.candidate.database.name, there.folders).audits
    assert [one[2] for one in audits if one[:2] == ("2024", 1)] == [folder / FOLDER]
