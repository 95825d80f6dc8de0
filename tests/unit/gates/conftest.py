"""A small file, small suites and small seeds, so that each test shows all that it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml

from gci.core.records import GateReport
from gci.gates.inputs import Inputs
from gci.gates.run import run_gates

SCORES = {
    "about": "one row per state",
    "key": ["iso3"],
    "columns": {
        "iso3": {"type": "VARCHAR", "like": "[A-Z]{3}"},
        "score": {"type": "DOUBLE", "optional": True, "between": [0, 100]},
        "rank": {"type": "INTEGER", "optional": True},
        "status": {"type": "VARCHAR", "one_of": ["responded", "no_data"]},
    },
}
NO_SCORE_IS_50 = "select iso3, score as found, 'another score' as expected from candidate.scores where score = 50"


class Suites:
    """A folder of suites that a test fills."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "rules").mkdir(parents=True)
        self.write("landed", {"rules": {"never": {"table": "scores", "holds": "nothing"}}})
        self.rule("never", "select 1 as found where false")
        self.write("built", {"tables": {"scores": SCORES}})
        self.write("pages", {"rules": {"no_page": {"file": "never", "table": "pages", "holds": "nothing"}}})
        self.write(
            "release", {"rules": {"no_score_is_50": {"table": "scores", "column": "score", "holds": "none is 50"}}}
        )
        self.rule("no_score_is_50", NO_SCORE_IS_50)
        (folder / "recomputation.sql").write_text("create schema recomputed;")

    def write(self, gate: str, document: object) -> None:
        """Write a suite; a text as it is, anything else as YAML."""
        text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
        (self.folder / f"{gate}.yml").write_text(text)

    def rule(self, name: str, sql: str) -> None:
        """Write a rule."""
        (self.folder / "rules" / f"{name}.sql").write_text(sql)


@pytest.fixture
def suites(tmp_path: Path) -> Suites:
    return Suites(tmp_path / "expectations")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    (folder / "frameworks").mkdir(parents=True)
    (folder / "frameworks" / "seed_framework_2026.csv").write_text(
        "edition,node,weight_numerator,weight_denominator\n2026,legal,20,1\n"
    )
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Three good rows: a score, a zero, and one that is missing."""
    file = tmp_path / "scores.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table scores (iso3 varchar, score double, rank integer, status varchar)")
        connection.execute(
            "insert into scores values ('AFG', 12.5, 2, 'responded'), ('NAM', 0, 3, 'responded'),"
            " ('VAT', null, null, 'no_data')"
        )
    return file


Change = Callable[[str], None]


@pytest.fixture
def change(database: Path) -> Change:
    """Run SQL on the file."""

    def run(sql: str) -> None:
        with duckdb.connect(str(database)) as connection:
            connection.execute(sql)

    return run


Hold = Callable[..., GateReport]


@pytest.fixture
def held(database: Path, suites: Suites, seeds: Path, tmp_path: Path) -> Hold:
    """Hold the file against a gate."""

    def run(gate: str = "built", file: Path = database, against: Path | None = None) -> GateReport:
        (report,) = run_gates([gate], file, against, Inputs(tmp_path / "landing"), suites.folder, seeds)
        return report

    return run
