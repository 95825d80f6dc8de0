"""Rules over several tables: SQL returns the rows that break them, Great Expectations asserts that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gci.gates.expect import Check, Examiner, Outcome, as_text
from gci.gates.suite import Rule
from gci.records import Failure

if TYPE_CHECKING:
    from gci.gates.bench import Bench

_SAID = {"found", "expected", "table_name", "column_name"}


def examine_rules(rules: Sequence[Rule], bench: Bench, examiner: Examiner, outcome: Outcome) -> None:
    """Ask every rule, and record every row that breaks one. A rule that cannot be asked is broken."""
    broken = [(rule, _ask(rule, bench, examiner.gate)) for rule in rules]
    checks = {
        rule.name: Check(rule.name, rule.column, "ExpectColumnValuesToBeNull", {"column": rule.name}, "", rule.holds)
        for rule in rules
    }
    counts = examiner.rules(list(checks.values()), [failure for _, failures in broken for failure in failures])
    for rule, failures in broken:
        if counts[rule.name] != len(failures):
            said = f"Great Expectations counts {counts[rule.name]} rows, the rule {len(failures)}"
            failures.append(Failure(examiner.gate, rule.name, rule.table, rule.column, {}, said, "the same count"))
        outcome.add(examiner.gate, checks[rule.name], rule.table, failures)


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
