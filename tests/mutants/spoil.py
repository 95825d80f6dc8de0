"""Spoils a copy of a good file and says which checks stop it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb

from gci.core.paths import EXPECTATIONS
from gci.core.records import Failure
from gci.gates.run import gate_file
from gci.gates.suite import load_suite
from mutants.corruptions import Corruption
from mutants.good import good

_COMPARED = re.compile(r"\b(published|papers)\.(?!today)")


def by_comparison(check: str) -> bool:
    """Whether a check of the gate release looks at the file published before or at papers, and at nothing else."""
    sql = {rule.name: rule.sql for rule in load_suite("release", EXPECTATIONS).rules}
    return bool(_COMPARED.search(sql.get(check, "")))


def spoilt(corruption: Corruption, source: Path, folder: Path) -> Path:
    """A copy of `source` in `folder` to which the corruption was done."""
    file = folder / "spoilt.duckdb"
    shutil.copyfile(source, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(corruption.sql)
    return file


def stopped_by(file: Path) -> dict[str, list[Failure]]:
    """The failing checks of a file held against the good one, each with the rows that break it."""
    reports = gate_file(file, good().published, good().folders)
    failures: dict[str, list[Failure]] = {
        check.check: [] for report in reports for check in report.checks if not check.passed
    }
    for report in reports:
        for failure in report.failures:
            failures[failure.check].append(failure)
    return failures
