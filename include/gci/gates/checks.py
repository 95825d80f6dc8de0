"""What a gate asks of a table, as expectations of Great Expectations under our names, and what came of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from gci.core.records import CheckResult, Failure
from gci.gates.suite import Column, Table

_ANY_NUMBER = (-1e300, 1e300)


@dataclass(frozen=True)
class Check:
    """One expectation of GX under our name.

    Attributes:
        name: name of the check.
        column: the column that it is about, if one.
        kind: name of the GX expectation, in its class spelling.
        arguments: what the expectation is given.
        expected: the condition, for the failing rows.
        holds: what holds, in a sentence.
    """

    name: str
    column: str | None
    kind: str
    arguments: dict[str, Any]
    expected: str
    holds: str


@dataclass
class Outcome:
    """Results and failures, collected over the tables and rules of one gate."""

    results: list[CheckResult] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, gate: str, check: Check, table: str, failures: list[Failure]) -> None:
        """Add one check; it passed when nothing broke it."""
        self.results.append(
            CheckResult(gate, check.name, table, check.column, not failures, len(failures), check.holds)
        )
        self.failures.extend(failures)

    def take(self, other: Outcome) -> None:
        """Add all that another one has."""
        self.results.extend(other.results)
        self.failures.extend(other.failures)


def checks_of(table: Table) -> list[Check]:
    """The expectations that follow from what the suite says of a table."""
    name = table.name
    names = [column.name for column in table.columns]
    checks = []
    if not table.further_columns:
        checks.append(
            Check(
                f"{name}.columns",
                None,
                "ExpectTableColumnsToMatchOrderedList",
                {"column_list": names},
                ", ".join(names),
                "the columns are the declared ones, in their order",
            )
        )
    unique: tuple[str, dict[str, Any]] = ("ExpectCompoundColumnsToBeUnique", {"column_list": list(table.key)})
    if len(table.key) == 1:
        unique = ("ExpectColumnValuesToBeUnique", {"column": table.key[0]})
    key = ", ".join(table.key)
    checks.append(Check(f"{name}.key", None, *unique, f"one row for each {key}", f"no two rows have the same {key}"))
    for column in table.columns:
        checks.extend(_checks_of(name, column))
    return checks


def _checks_of(table: str, column: Column) -> list[Check]:
    on: dict[str, Any] = {"column": column.name}
    prefix = f"{table}.{column.name}"
    checks = []
    if not column.optional:
        kind = "ExpectColumnValuesToNotBeNull"
        checks.append(Check(f"{prefix}.not_null", column.name, kind, on, "a value", "every row has a value"))
    between = column.between or (_ANY_NUMBER if column.type == "DOUBLE" else None)
    if between:
        low, high = between
        said = f"between {low} and {high}" if column.between else "a finite number"
        arguments = on | {"min_value": low, "max_value": high}
        kind = "ExpectColumnValuesToBeBetween"
        checks.append(Check(f"{prefix}.between", column.name, kind, arguments, said, f"every value is {said}"))
    if column.one_of:
        said = f"one of {', '.join(str(value) for value in column.one_of)}"
        arguments = on | {"value_set": list(column.one_of)}
        kind = "ExpectColumnValuesToBeInSet"
        checks.append(Check(f"{prefix}.one_of", column.name, kind, arguments, said, f"every value is {said}"))
    if column.like:
        said = f"text like {column.like}"
        # \Z, not $: a line feed at the end is a fault too.
        plain_groups = re.sub(r"(?<!\\)\((?!\?)", "(?:", column.like)  # pandas warns of groups that capture
        arguments = on | {"regex": rf"\A(?:{plain_groups})\Z"}
        kind = "ExpectColumnValuesToMatchRegex"
        checks.append(Check(f"{prefix}.like", column.name, kind, arguments, said, f"every value is {said}"))
    return checks


def as_text(value: Any) -> str | None:
    """A value as people and failures.parquet have it; None stays None, a double keeps every digit."""
    return None if value is None else str(value)
