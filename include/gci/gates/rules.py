"""Rules over several tables: SQL returns the rows that break them, Great Expectations asserts that there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gci.core.records import Failure
from gci.gates.checks import Check, Outcome, as_text
from gci.gates.suite import SHARED, Column, Rule, Table

if TYPE_CHECKING:
    from gci.gates.validation_database import Bench

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

    failures = []
    for table, statement in _statements(rule, bench):
        try:
            rows = bench.ask(statement)
        except duckdb.Error as error:
            reason, expected = " ".join(str(error).split()), "a rule that can be asked of this file"
            failures.append(Failure(gate, rule.name, table, rule.column, {}, reason, expected))
        else:
            failures.extend(_failure(rule, table, gate, row) for row in rows.to_pylist())
    return failures


def _statements(rule: Rule, bench: Bench) -> Iterator[tuple[str, str]]:
    """What is asked, and of which table: one statement, or one for each declared table that the file has."""
    if not rule.over_tables:
        columns = bench.comparable(rule) if rule.compared_with else ""
        sql = rule.sql.replace("{{ columns }}", columns)
        yield rule.table, SHARED.sub(lambda found: bench.shared(found["table"]), sql)
        return
    for table in bench.tables.values():
        there = bench.columns("candidate", table.name)
        cells = {"numbers": ", ".join(_numbers(table, there)), "days": ", ".join(_days(table, there))}
        asks_nothing = any("{{ " + name + " }}" in rule.sql and not listed for name, listed in cells.items())
        if asks_nothing or not set(table.key) <= set(there):
            continue
        filled = {
            "table": f'"{table.name}"',
            "keys": ", ".join(f'"{name}"' for name in table.key),
            "order": ", ".join(f'"{name}" nulls last' for name in table.key),
        } | cells
        statement = rule.sql
        for name, value in filled.items():
            statement = statement.replace("{{ " + name + " }}", value)
        yield table.name, statement


def _numbers(table: Table, there: Sequence[str]) -> Iterator[str]:
    """A struct of SQL for each column of doubles: its name, its value and its decimals (null: exact)."""
    declared = {column.name: column for column in table.columns}
    for name in there:
        column = declared.get(name) or Column(name, "DOUBLE")  # the further columns of a wide table are scores
        if column.type == "DOUBLE":
            decimals = "null::integer" if column.decimals is None else column.decimals
            yield f"{{'column_name': '{name}', 'value': \"{name}\", 'decimals': {decimals}}}"


def _days(table: Table, there: Sequence[str]) -> Iterator[str]:
    """A struct of SQL for each column of days or moments: its name, its value as text, whether the calendar has it."""
    for column in table.columns:
        if column.type in ("DATE", "TIMESTAMP") and column.name in there:
            value = f'"{column.name}"'
            on_it = f"isfinite({value}) and year({value}) between 1 and 9999"
            yield f"{{'column_name': '{column.name}', 'value': {value}::varchar, 'is_on_it': {on_it}}}"


def _failure(rule: Rule, table: str, gate: str, row: dict[str, Any]) -> Failure:
    return Failure(
        gate,
        rule.name,
        row.get("table_name") or table,
        row.get("column_name") or rule.column,
        {name: value for name, value in row.items() if name not in _SAID},
        as_text(row.get("found")),
        as_text(row.get("expected")),
    )
