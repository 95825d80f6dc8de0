"""Draws that are not what the answers give are refused, by one rule alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gci.audit.stage import DRAWS, FOLDER
from gci.build.kept import project_of
from gci.gates.inputs import inputs_of
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
    changed = drawn.change(pq.read_table(candidate.folder / FOLDER / DRAWS))
    if changed is not None:
        pq.write_table(changed, tmp_path / DRAWS)
    inputs = replace(inputs_of(candidate, folders), audits=((candidate.edition, candidate.vintage, tmp_path),))
    with project_of(candidate.folder) as project:
        reports = run_gates(FILE_GATES, candidate.database, folders.current, inputs, seeds=project / "seeds")
    assert {check.check for report in reports for check in report.checks if not check.passed} == set(drawn.stopped_by)
