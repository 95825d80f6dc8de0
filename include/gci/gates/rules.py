"""Rules over several tables: SQL returns the rows that break them, Great Expectations asserts that there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gci.gates.checks import Check, Outcome, as_text
from gci.gates.suite import Rule
from gci.records import Failure

if TYPE_CHECKING:
    from gci.gates.bench import Bench

_SAID = {"found", "expected", "table_name", "column_name"}


def ask_rules(rules: Sequence[Rule], bench: Bench, gate: str) -> dict[str, list[Failure]]:
    """Every row that breaks a rule, by name of the rule. A rule that cannot be asked is broken."""
    return {rule.name: _ask(rule, bench, gate) for rule in rules}


def checks_of_rules(rules: Sequence[Rule]) -> list[Check]:
    """A check for each rule: in a column of its name nothing but nulls."""
    kind = "ExpectColumnValuesToBeNull"
    return [Check(rule.name, rule.column, kind, {"column": rule.name}, "", rule.holds) for rule in rules]


def confirmed(
    rules: Sequence[Rule], broken: Mapping[str, list[Failure]], counts: Mapping[str, int], gate: str
) -> Outcome:
    """The outcome of the rules. Great Expectations must have counted what the rules returned.

    Args:
        rules: the rules.
        broken: the rows that break them, by name of the rule.
        counts: how many rows Great Expectations has seen, by name of the rule.
        gate: the gate.
    """
    outcome = Outcome()
    for rule, check in zip(rules, checks_of_rules(rules), strict=True):
        failures = list(broken[rule.name])
        if counts[rule.name] != len(failures):
            said = f"Great Expectations counts {counts[rule.name]} rows, the rule {len(failures)}"
            failures.append(Failure(gate, rule.name, rule.table, rule.column, {}, said, "the same count"))
        outcome.add(gate, check, rule.table, failures)
    return outcome


def _ask(rule: Rule, bench: Bench, gate: str) -> list[Failure]:
    import duckdb

    try:
        columns = bench.comparable(rule) if rule.compared_with else ""
        rows = bench.ask(rule.sql.replace("{{ columns }}", columns))
    except duckdb.Error as error:
        reason = " ".join(str(error).split())
        return [Failure(gate, rule.name, rule.table, rule.column, {}, reason, "a rule that can be asked of this file")]
    return [_failure(rule, gate, row) for row in rows.to_pylist()]


def _failure(rule: Rule, gate: str, row: dict[str, Any]) -> Failure:
    return Failure(
        gate,
        rule.name,
        row.get("table_name") or rule.table,
        row.get("column_name") or rule.column,
        {name: value for name, value in row.items() if name not in _SAID},
        as_text(row.get("found")),
        as_text(row.get("expected")),
    )
