"""Great Expectations on DataFrames: suites in, results and every failing row out.

GX shortens its own lists of failing values (to 20 or 200), so it is asked for the positions of all failing rows, and
the rows themselves are taken from the table that it was given.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gci.clock import now
from gci.gates.report import describe
from gci.gates.suite import Column, Table
from gci.records import CheckResult, Failure

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

RULES = "rules"
_ANY_NUMBER = (-1e300, 1e300)
# Counts and the first failing values; where there are any, the table is asked again for the place of every one.
_BASIC = {"result_format": "BASIC"}
_COMPLETE = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


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


class Examiner:
    """Runs expectations of one gate and keeps GX's results for the Data Docs. Nothing leaves the machine."""

    def __init__(self, gate: str) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read by GX when it is imported
        import great_expectations as gx
        from great_expectations.core.run_identifier import RunIdentifier
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

        self.gate = gate
        # Without this GX leaves a temporary folder behind for a site that nobody asked for.
        defaults = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        self.context = gx.get_context(
            mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=defaults, analytics_enabled=False)
        )
        self.context.variables.progress_bars = ProgressBarsConfig(globally=False)
        # One asset for all: GX writes its whole configuration anew for each, and the suites carry the names.
        asset = self.context.data_sources.add_pandas("gci").add_dataframe_asset(gate)
        self._batch = asset.add_batch_definition_whole_dataframe("rows")
        self._run = RunIdentifier(run_name=gate, run_time=now())

    def table(self, table: Table, rows: pa.Table, outcome: Outcome) -> None:
        """Hold the rows of one table against everything that the suite says of it."""
        checks = checks_of(table)
        results = self._validate(table.name, to_frame(rows), checks, table.about)
        for check in checks:
            failures = [] if results[check.name].success else self._failures(check, table, rows, results[check.name])
            outcome.add(self.gate, check, table.name, failures)

    def rules(self, checks: list[Check], broken: list[Failure]) -> dict[str, int]:
        """Expect of each rule that no row breaks it.

        GX is given one column per rule, with a text for each row that breaks it, and expects nothing but nulls: so its
        pages have a section per rule that shows those rows.

        Args:
            checks: one for each rule.
            broken: every row that breaks one of them.

        Returns:
            By name of the rule, how many rows GX finds; -1 when it could not look.
        """
        import pandas as pd

        if not checks:
            return {}
        columns: dict[str, list[str]] = {check.name: [] for check in checks}
        for failure in sorted(broken, key=describe):
            columns[failure.check].append(describe(failure))
        height = max(1, *(len(texts) for texts in columns.values()))
        frame = pd.DataFrame(
            {name: [*texts, *[None] * (height - len(texts))] for name, texts in columns.items()}, dtype="object"
        )
        results = self._validate(RULES, frame, checks, "rows that break a rule; there should be none")
        return {name: (result.result or {}).get("unexpected_count", -1) for name, result in results.items()}

    def _validate(self, name: str, frame: pd.DataFrame, checks: list[Check], about: str) -> dict[str, Any]:
        """GX's result for each check, by the check's name."""
        import great_expectations as gx
        import great_expectations.expectations as expectations

        made = [
            getattr(expectations, check.kind)(
                **check.arguments,
                # GX shows the description in place of its own words; it is a template, in which $ is a mark.
                description=check.holds.replace("$", "$$") if name == RULES else None,
                meta={"check": check.name},
            )
            for check in checks
        ]
        suite = self.context.suites.add(gx.ExpectationSuite(name=name, expectations=made, notes=about))
        definition = gx.ValidationDefinition(name=name, data=self._batch, suite=suite)
        definition = self.context.validation_definitions.add(definition)
        rows = {"dataframe": frame}
        validation = definition.run(batch_parameters=rows, result_format=_BASIC, run_id=self._run)
        if not validation.success:
            validation = definition.run(batch_parameters=rows, result_format=_COMPLETE, run_id=self._run)
        named = [(result.expectation_config, result) for result in validation.results]
        return {config.meta["check"]: result for config, result in named if config is not None and config.meta}

    def _failures(self, check: Check, table: Table, rows: pa.Table, result: Any) -> list[Failure]:
        positions = (result.result or {}).get("unexpected_index_list") or []
        if not positions:
            return [Failure(self.gate, check.name, table.name, check.column, {}, _problem(result), check.expected)]
        broken = rows.take(sorted(int(position) for position in positions)).to_pylist()
        shown = (check.column,) if check.column else ()
        return [
            Failure(
                self.gate,
                check.name,
                table.name,
                check.column,
                {name: row.get(name) for name in table.key},
                as_text(row[shown[0]]) if shown else "the same key again",
                check.expected,
            )
            for row in broken
        ]


def to_frame(rows: pa.Table) -> pd.DataFrame:
    """The rows as a DataFrame in which only what is missing is missing.

    pandas has one mark for missing and for not-a-number; GX passes over it. A NaN becomes infinite, so that no range
    admits it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in rows.columns:
        if pa.types.is_floating(column.type):
            columns.append(pc.if_else(pc.is_nan(column), float("inf"), column))
        else:
            columns.append(column)
    frame: pd.DataFrame = pa.table(columns, names=rows.column_names).to_pandas(date_as_object=True)
    return frame


def as_text(value: Any) -> str | None:
    """A value as people and failures.parquet have it; None stays None, a double keeps every digit."""
    return None if value is None else str(value)


def _problem(result: Any) -> str:
    """What GX says where it names no rows: the value it observed, or why it could not look."""
    messages = sorted(set(_messages(result.exception_info)))
    if messages:
        return "; ".join(messages)
    observed = (result.result or {}).get("observed_value")
    if isinstance(observed, list):
        return ", ".join(str(value) for value in observed)
    return str(observed)


def _messages(information: Any) -> list[str]:
    if not isinstance(information, dict):
        return []
    found = [information["exception_message"]] if information.get("exception_message") else []
    nested = [message for value in information.values() for message in _messages(value)]
    return [re.sub(r"\s+", " ", str(message)) for message in found] + nested
