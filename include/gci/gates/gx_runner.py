# ruff: noqa: E402 (what is set before Great Expectations is imported counts)
"""Great Expectations, imported: holds DataFrames against checks, and gives every failing row.

Importing it takes seconds. gci.gates.partitioning has the work done in processes that have done so.

GX shortens its own lists of failing values (to 20 or 200), so it is asked for the positions of all failing rows, and
the rows themselves are taken from the table that it was given.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gci.gates.unneeded import load_late

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read by GX when it is imported
load_late()

import great_expectations as gx
import great_expectations.expectations as expectations
import pandas as pd
import pyarrow as pa
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from gci.core.records import Failure
from gci.gates.checks import Check, Outcome, as_text, checks_of
from gci.gates.gx_html import page, what_is_held
from gci.gates.gx_once import look_once
from gci.gates.report import describe
from gci.gates.rows import to_frame
from gci.gates.suite import Table

look_once()

RULES = "rules"
# Counts and the first failing values; where there are any, the table is asked again for the place of every one.
_BASIC = {"result_format": "BASIC"}
_COMPLETE = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


class Examiner:
    """Runs expectations of one gate and keeps GX's results for the Data Docs. Nothing leaves the machine.

    Args:
        gate: the gate.
        began: when it began to be held, in UTC.
    """

    def __init__(self, gate: str, began: datetime) -> None:
        self.gate = gate
        # Without this GX leaves a temporary folder behind for a site that nobody asked for.
        defaults = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        context = gx.get_context(
            mode="ephemeral", project_config=DataContextConfig(store_backend_defaults=defaults, analytics_enabled=False)
        )
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        # One asset for all: GX writes its whole configuration anew for each, and the suites carry the names.
        asset = context.data_sources.add_pandas("gci").add_dataframe_asset(gate)
        self._rows = asset.add_batch_definition_whole_dataframe("rows")
        self._validations: dict[str, Any] = {}
        self._run = RunIdentifier(run_name=gate, run_time=began)

    def table(self, table: Table, parts: Iterable[pa.Table]) -> Outcome:
        """Hold the rows of one table, part by part, against everything that the suite says of it.

        Args:
            table: the table.
            parts: its rows, as gci.gates.rows.read_parts gives them.
        """
        checks = checks_of(table)
        failures: dict[str, list[Failure]] = {check.name: [] for check in checks}
        for number, rows in enumerate(parts, 1):
            name = table.name if number == 1 else f"{table.name}_part_{number}"
            results = self._validate(name, to_frame(rows), checks, table.about)
            for check in checks:
                if not results[check.name].success:
                    self._add_failures(failures[check.name], check, table, rows, results[check.name])
        outcome = Outcome()
        for check in checks:
            outcome.add(self.gate, check, table.name, failures[check.name])
        return outcome

    def rules(self, checks: Sequence[Check], broken: Sequence[Failure]) -> dict[str, int]:
        """Expect of each rule that no row breaks it.

        GX is given one column per rule, with a text for each row that breaks it, and expects nothing but nulls: so its
        pages have a section per rule that shows those rows.

        Args:
            checks: one for each rule.
            broken: every row that breaks one of them.

        Returns:
            By name of the rule, how many rows GX finds; -1 when it could not look.
        """
        columns: dict[str, list[str]] = {check.name: [] for check in checks}
        for failure in sorted(broken, key=describe):
            columns[failure.check].append(describe(failure))
        height = max(1, *(len(texts) for texts in columns.values()))
        frame = pd.DataFrame(
            {name: [*texts, *[None] * (height - len(texts))] for name, texts in columns.items()}, dtype="object"
        )
        results = self._validate(RULES, frame, checks, "rows that break a rule; there should be none")
        return {name: (result.result or {}).get("unexpected_count", -1) for name, result in results.items()}

    def _validate(self, name: str, frame: pd.DataFrame, checks: Sequence[Check], about: str) -> dict[str, Any]:
        """GX's result for each check, by the check's name."""
        made = [
            getattr(expectations, check.kind)(
                **check.arguments,
                # GX shows the description in place of its own words; it is a template, in which $ is a mark.
                description=check.holds.replace("$", "$$") if name == RULES else None,
                meta={"check": check.name},
            )
            for check in checks
        ]
        suite = gx.ExpectationSuite(name=name, expectations=made, notes=about)
        batch = self._rows.get_batch({"dataframe": frame})
        validation = batch.validate(suite, result_format=_BASIC)
        if not validation.success:
            validation = batch.validate(suite, result_format=_COMPLETE)
        validation.meta["run_id"] = self._run
        self._validations[name] = validation
        named = [(result.expectation_config, result) for result in validation.results]
        return {config.meta["check"]: result for config, result in named if config is not None and config.meta}

    def _add_failures(self, found: list[Failure], check: Check, table: Table, rows: pa.Table, result: Any) -> None:
        positions = (result.result or {}).get("unexpected_index_list") or []
        if not positions:  # about the table as a whole, which every part says
            problem = Failure(self.gate, check.name, table.name, check.column, {}, _problem(result), check.expected)
            found.extend([] if problem in found else [problem])
            return
        shown = check.column
        for row in rows.take(sorted(int(position) for position in positions)).to_pylist():
            keys = {name: row.get(name) for name in table.key}
            value = as_text(row[shown]) if shown else "the same key again"
            found.append(Failure(self.gate, check.name, table.name, shown, keys, value, check.expected))

    def write_pages(self, folder: Path) -> None:
        """Write GX's page of each table, and of the rules, that were held: folder/<name>.html.

        Args:
            folder: of the gate's pages, in data_docs/ of the candidate.
        """
        about = f"{what_is_held(folder.parents[1])} · {self.gate}"
        for name, validation in self._validations.items():
            (folder / f"{name}.html").write_text(page(validation, f"{about} · {name}"), encoding="utf-8")


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
