"""No check is there for nothing: each is shown to fire."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS
from gci.gates.checks import checks_of
from gci.gates.inputs import Inputs
from gci.gates.run import run_gates
from gci.gates.suite import load_suite
from mutants.candidate import OF_A_CANDIDATE
from mutants.cells import declared, rounds
from mutants.corruptions import NAMED, NUMBERS, OBJECTS, PAPERS, UNKNOWN, Corruption
from mutants.drawn import DRAWN
from mutants.good import good
from mutants.groups import GROUPS
from mutants.landing import LANDED, spoil_landing_everywhere
from mutants.pages import PAGES
from mutants.sealed import SEALED
from mutants.spoil import spoilt, stopped_by
from mutants.violations import add_violations

OFFICIAL = {"official_pages_are_in_six_languages", "official_profiles_are_in_six_languages"}
"""Shown in test_pages.py: what an official release has to have is no matter of one file."""


@pytest.fixture
def suites_without_rules(tmp_path: Path) -> Path:
    """The suites as they are but for the rules, which are not to be asked of a file where everything is wrong."""
    folder = tmp_path / "expectations"
    (folder / "rules").mkdir(parents=True)
    (folder / "recomputation.sql").write_text("create schema recomputed;")
    for gate in GATES:
        suite = yaml.safe_load((EXPECTATIONS / f"{gate}.yml").read_text())
        (folder / f"{gate}.yml").write_text(yaml.safe_dump(suite | {"rules": {}}, sort_keys=False))
    return folder


def test_every_check_of_a_column_fires(tmp_path: Path, suites_without_rules: Path) -> None:
    file = spoilt(Corruption("none", "select 1", ()), good().published, tmp_path)
    due = set()
    with duckdb.connect(str(file)) as connection:
        for name, table in declared().items():
            # The rows that break something are made from the first one: the others would be looked at for nothing.
            connection.execute(f'create or replace table "{name}" as from "{name}" limit 1')
            due.update(add_violations(connection, f'main."{name}"', table))
    (report,) = run_gates(["built"], file, None, Inputs(tmp_path / "landing"), suites_without_rules)
    assert due <= {check.check for check in report.checks if not check.passed}


@pytest.mark.slow
def test_every_check_of_a_tables_columns_fires(tmp_path: Path) -> None:
    tables = [name for name, table in declared().items() if not table.further_columns]
    surplus = "".join(f'alter table "{name}" add column surplus integer;' for name in tables)
    stopped = stopped_by(spoilt(Corruption("a column too many", surplus, ()), good().published, tmp_path))
    assert {f"{name}.columns" for name in tables} <= stopped.keys()


def test_every_check_of_what_landed_fires(tmp_path: Path) -> None:
    due, fired = spoil_landing_everywhere(tmp_path)
    assert due <= fired


@pytest.mark.slow
def test_every_rule_has_a_corruption_that_it_stops(capsys: pytest.CaptureFixture[str]) -> None:
    named: list[Any] = [
        *NAMED,
        *OBJECTS,
        *NUMBERS,
        *PAPERS,
        *UNKNOWN,
        *SEALED,
        *LANDED,
        *OF_A_CANDIDATE,
        *GROUPS,
        *DRAWN,
    ]
    cells = [cell for one in declared().values() for held in rounds(good().published, one) for cell in held]
    shown = {one.check for one in PAGES} | OFFICIAL
    shown |= {check for one in named for check in one.stopped_by} | {check for cell in cells for check in cell.compared}
    of_columns = {
        check.name for gate in GATES for one in load_suite(gate, EXPECTATIONS).tables for check in checks_of(one)
    }
    rules = {rule.name for gate in GATES for rule in load_suite(gate, EXPECTATIONS).rules}
    stopped_nothing = sorted(rules - shown)
    with capsys.disabled():
        print(f"\n{len(of_columns)} checks of columns and {len(rules)} rules; {len(named) + len(cells)} corruptions")
        print("checks that stopped nothing:", ", ".join(stopped_nothing) or "none")
    assert not stopped_nothing
