"""A candidate with copies of everything around it, to be spoilt in one way and held against the gates."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from gci.build.kept import project_of
from gci.gates.inputs import Inputs, inputs_of
from gci.gates.run import run_gates
from mutants.good import good


@dataclass
class Case:
    """A candidate with copies of everything around it.

    Attributes:
        inputs: its landing zone and manifest.
        database: its file.
        seeds: the seeds it is held against.
    """

    inputs: Inputs
    database: Path
    seeds: Path

    def digest(self, kind: str, where: str = "true") -> str:
        """The digest of the first landed file with such a row."""
        names = {"survey": "return_digest", "reviews": "review_digest", "partners": "landing_digest"}
        names["decisions"] = "decision_digest"
        files = str(self.inputs.landing / kind / "*.parquet")
        found = duckdb.execute(
            f"select {names[kind]} from read_parquet(?) where {where} order by 1 limit 1", [files]
        ).fetchone()
        assert found is not None
        return str(found[0])

    def rows(self, kind: str, digest: str, select: str) -> None:
        """Rewrite a landed file: `select` is SQL over its rows, which are called landed."""
        file = self.inputs.landing / kind / f"{digest}.parquet"
        with duckdb.connect() as connection:
            connection.execute("create table landed as from read_parquet(?)", [str(file)])
            connection.execute(f"copy ({select}) to '{file}' (format parquet)")

    def receipt(self, digest: str, /, **changed: object) -> None:
        """Change a receipt."""
        file = self.inputs.landing / "receipts" / f"{digest}.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | changed))

    def built(self, sql: str) -> None:
        """Change the candidate's file."""
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(sql)

    def seed(self, name: str, change: Callable[[list[str]], list[str]]) -> None:
        """Change the lines of a seed."""
        (file,) = self.seeds.rglob(f"seed_{name}")
        file.write_text("".join(change(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def copied(folder: Path) -> Case:
    """A case of its own in `folder`, as good as the original."""
    held = good()
    shutil.copytree(held.folders.landing, folder / "landing")
    with project_of(held.candidate.folder) as project:
        shutil.copytree(project / "seeds", folder / "seeds")
    shutil.copyfile(held.candidate.database, folder / "candidate.duckdb")
    inputs = replace(inputs_of(held.candidate, held.folders), landing=folder / "landing")
    return Case(inputs, folder / "candidate.duckdb", folder / "seeds")


def failing(case: Case, *gates: str) -> set[str]:
    """The checks of the gates that fail."""
    built = None if gates == ("landed",) else case.database
    held = run_gates(gates, built, good().published, case.inputs, seeds=case.seeds)
    return {check.check for report in held for check in report.checks if not check.passed}


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil a case.

    Attributes:
        name: what was done.
        spoil: does it.
        stopped_by: checks that must fail.
    """

    name: str
    spoil: Callable[[Case], object]
    stopped_by: tuple[str, ...]


ESTONIA = "iso3 = 'EST' and edition = '2024'"


def rows(kind: str, select: str, where: str = ESTONIA) -> Callable[[Case], None]:
    """Rewrite the first landed file of a kind with such a row."""
    return lambda case: case.rows(kind, case.digest(kind, where), select)
