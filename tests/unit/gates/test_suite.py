"""A suite that is wrong in any way fails its gate: nothing turns a check off by accident or by configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS
from gci.gates.suite import BrokenSuiteError, load_recomputation, load_suite

RULE = {"table": "scores", "holds": "none is 50"}


@pytest.mark.parametrize("gate", GATES)
def test_the_projects_suites_can_be_read_and_check_something(gate: str) -> None:
    suite = load_suite(gate, EXPECTATIONS)
    assert suite.about
    assert suite.rules
    assert all(rule.holds for rule in suite.rules)


def test_the_names_of_checks_are_unique_in_a_gate() -> None:
    from gci.gates.checks import checks_of

    for gate in GATES:
        suite = load_suite(gate, EXPECTATIONS)
        names = [check.name for table in suite.tables for check in checks_of(table)]
        names += [rule.name for rule in suite.rules]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("gate", GATES)
def test_a_missing_suite_is_an_error_for_every_gate(suites: Any, gate: str) -> None:
    (suites.folder / f"{gate}.yml").unlink()
    for other in GATES:
        with pytest.raises(BrokenSuiteError, match=rf"{gate}\.yml is missing"):
            load_suite(other, suites.folder)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("", "is empty"),
        ("- a list", "is empty"),
        ("tables: [", "cannot be read"),
        ({"about": "nothing"}, "No suite names the rule no_score_is_50"),
        ({"enabled": False, "rules": {"no_score_is_50": RULE}}, "nothing reads the entry 'enabled'"),
        ({"rules": {"no_score_is_50": RULE | {"severity": "warning"}}}, "nothing reads the entry 'severity'"),
        ({"rules": {"no_score_is_50": RULE | {"only": "never"}}}, "candidate"),
        ({"rules": {"no_score_is_50": RULE | {"over": "columns"}}}, "`tables` or absent"),
        ({"rules": {"no_score_is_50": {"table": "scores"}}}, "needs `holds`"),
        ({"rules": {"no_score_is_50": {"holds": "x"}}}, "`table` or `each`"),
        ({"rules": {"no_score_is_50": {"holds": "x", "each": ["scores"]}}}, "compared_with"),
        (
            {"rules": {"no_score_is_50": {"holds": "x", "each": ["other"], "compared_with": "published"}}},
            "no suite describes the table other",
        ),
        (
            {"rules": {"no_score_is_50": {"holds": "x", "each": [], "compared_with": "published"}}},
            "names no table",
        ),
        ({"rules": {"no_score_is_50": RULE, "gone": RULE}}, r"rules/gone\.sql is missing"),
    ],
)
def test_a_suite_that_is_not_what_it_should_be_is_an_error(suites: Any, document: object, said: str) -> None:
    suites.write("release", document)
    with pytest.raises(BrokenSuiteError, match=said):
        load_suite("release", suites.folder)


def test_a_suite_without_a_check_is_an_error(suites: Any) -> None:
    suites.write("release", {"about": "nothing", "tables": {}, "rules": {}})
    (suites.folder / "rules" / "no_score_is_50.sql").unlink()
    with pytest.raises(BrokenSuiteError, match="checks nothing"):
        load_suite("release", suites.folder)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"key": ["iso3"]}, "needs columns"),
        ({"columns": {"iso3": {"type": "VARCHAR"}}}, "a key"),
        ({"key": ["edition"], "columns": {"iso3": {"type": "VARCHAR"}}}, "a key made of them"),
        ({"key": ["iso3"], "columns": {"iso3": {}}}, "says no type"),
        (
            {"key": ["iso3"], "columns": {"iso3": {"type": "VARCHAR", "mostly": 0.9}}},
            "nothing reads the entry 'mostly'",
        ),
        ({"key": ["iso3"], "columns": {"iso3": None}}, "expected entries"),
        ({"key": ["iso3"], "columns": {"iso3": {"type": "VARCHAR", "decimals": 2}}}, "a DOUBLE has a number of them"),
        ({"key": ["iso3"], "columns": {"iso3": {"type": "DOUBLE", "decimals": "some"}}}, "or `exact`"),
    ],
)
def test_a_table_that_is_not_described_is_an_error(suites: Any, table: object, said: str) -> None:
    suites.write("built", {"tables": {"scores": table}})
    with pytest.raises(BrokenSuiteError, match=said):
        load_suite("built", suites.folder)


def test_a_rule_that_no_suite_names_is_an_error(suites: Any) -> None:
    suites.rule("forgotten", "select 1")
    with pytest.raises(BrokenSuiteError, match="No suite names the rule forgotten"):
        load_suite("built", suites.folder)


def test_a_placeholder_that_nothing_fills_is_an_error(suites: Any) -> None:
    suites.rule("no_score_is_50", "select * from {{ table }}")
    with pytest.raises(BrokenSuiteError, match="placeholder"):
        load_suite("release", suites.folder)


def test_there_are_three_gates(suites: Any) -> None:
    with pytest.raises(BrokenSuiteError, match="no gate 'other'"):
        load_suite("other", suites.folder)


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_the_recomputation_must_be_there(suites: Any, how: str) -> None:
    file: Path = suites.folder / "recomputation.sql"
    file.unlink() if how == "missing" else file.write_text("  ")
    with pytest.raises(BrokenSuiteError, match="missing or empty"):
        load_recomputation(suites.folder)
