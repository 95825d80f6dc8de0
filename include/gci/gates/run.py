"""Runs a gate: suite → Great Expectations and rules → report, failures table, Data Docs. For DAGs and `gci gate`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gci.errors import GciError
from gci.gates.bench import Bench, CannotOpenError, open_bench
from gci.gates.expect import Examiner, Outcome, checks_of
from gci.gates.inputs import Inputs, inputs_of, inputs_of_file
from gci.gates.report import make_report, write_report
from gci.gates.rules import examine_rules
from gci.gates.suite import BrokenSuiteError, Suite, Table, load_recomputation, load_suite
from gci.paths import EXPECTATIONS, SEEDS, DataFolders
from gci.records import Candidate, CheckResult, Failure, GateReport

log = logging.getLogger(__name__)

FILE_GATES = ("built", "release")
"""The gates that a file alone can be held against; `landed` is about inputs."""

# Check, what it is about, and what holds, for a gate that could not be run.
_SUITE = ("suite_can_be_used", "expectations", "the suite can be used as it is written")
_FILE = ("file_can_be_opened", "file", "the file can be opened")


@dataclass(frozen=True)
class Held:
    """A gate's report, and what Great Expectations made of it for the Data Docs (None when it could not be asked)."""

    report: GateReport
    examiner: Examiner | None


def run_gate(gate: str, candidate: Candidate, folders: DataFolders) -> GateReport:
    """Hold a candidate against one gate.

    Args:
        gate: landed, built or release.
        candidate: what is tested; for `landed` its file need not be there yet.
        folders: where landing and the published file lie.

    Returns:
        The report, also written to candidate.folder/gates/ with every failing row, and as a site to
        candidate.folder/data_docs/. A gate that cannot be run as its suite says has failed.

    Raises:
        WrongUsage: the candidate has no manifest.
    """
    from gci.gates.data_docs import write_site

    against = folders.current if gate == "release" and folders.current.is_file() else None
    database = None if gate == "landed" else candidate.database
    inputs = inputs_of(candidate, folders)
    (held,) = hold([gate], database, against, inputs)
    write_report(held.report, candidate, inputs.sources)
    if gate == "landed":
        _say_how_old(inputs)
    write_site(held, candidate.folder)
    return held.report


def _say_how_old(inputs: Inputs) -> None:
    """Log the age of each partner's data; one that is too old stops an edition only where that needs it."""
    for source in inputs.sources:
        log.log(logging.WARNING if source.too_old or source.failure else logging.INFO, "%s", source.told())


def gate_file(database: Path, against: Path | None, folders: DataFolders) -> list[GateReport]:
    """Hold any DuckDB file of the warehouse's shape against the gates built and release.

    Args:
        database: the file under test. It is opened read only.
        against: the file published before; None means the current one, or, for a file that is itself one of the
            published ones, the release before it.
        folders: where the published files lie.

    Returns:
        One report per gate. A file that cannot be opened has failed both.
    """
    before = against or published_before(database, folders)
    return [held.report for held in hold(FILE_GATES, database, before, inputs_of_file(database, folders))]


def published_before(database: Path, folders: DataFolders) -> Path | None:
    """The file that a file is held against when nobody names one; None when nothing was published before it."""
    from gci.publish.history import releases

    if not folders.current.is_file():
        return None
    out = [release.database for release in releases(folders) if release.database.is_file()]
    for place, file in enumerate(out):
        if file.samefile(database):
            return out[place - 1] if place else None
    if folders.current.samefile(database):
        return out[-2] if len(out) > 1 else None
    return folders.current


def hold(
    gates: Sequence[str],
    database: Path | None,
    against: Path | None,
    inputs: Inputs,
    suites: Path = EXPECTATIONS,
    seeds: Path = SEEDS,
) -> list[Held]:
    """Hold a file (or, with None, the inputs alone) against gates, on one bench.

    Args:
        gates: names of the gates.
        database: the file under test.
        against: the file published before, if any.
        inputs: what the candidate was made of.
        suites: the folder of the suites.
        seeds: the folder of the reference seeds.
    """
    try:
        loaded = [load_suite(gate, suites) for gate in gates]
        tables = {table.name: table for table in load_suite("built", suites).tables}
        recomputation = load_recomputation(suites)
    except BrokenSuiteError as error:
        return [_stopped(gate, *_SUITE, error) for gate in gates]
    try:
        with open_bench(database, against, inputs, tables, seeds, recomputation) as bench:
            held = [_hold(suite, bench, is_candidate=inputs.are_known) for suite in loaded]
    except CannotOpenError as error:
        return [_stopped(gate, *_FILE, error) for gate in gates]
    nothing = BrokenSuiteError("Nothing was checked: every rule of the suite needs a candidate.")
    return [one if one.report.checks else _stopped(one.report.gate, *_SUITE, nothing) for one in held]


def _stopped(gate: str, check: str, about: str, holds: str, error: GciError) -> Held:
    """A gate that could not be run: that is a failure, never a pass."""
    result = CheckResult(gate, check, about, None, False, 1, holds)
    return Held(make_report(gate, [result], [Failure(gate, check, about, None, {}, str(error), holds)]), None)


def _hold(suite: Suite, bench: Bench, *, is_candidate: bool) -> Held:
    examiner = Examiner(suite.gate)
    outcome = Outcome()
    for table in suite.tables:
        _hold_table(table, "landing" if suite.gate == "landed" else "candidate", bench, examiner, outcome)
    asked = [rule for rule in suite.rules if is_candidate or rule.only != "candidate"]
    examine_rules(asked, bench, examiner, outcome)
    return Held(make_report(suite.gate, outcome.results, outcome.failures), examiner)


def _hold_table(table: Table, schema: str, bench: Bench, examiner: Examiner, outcome: Outcome) -> None:
    import duckdb

    try:
        rows = bench.rows(schema, table) if bench.columns(schema, table.name) else None
        problem = "there is no such table"
    except duckdb.Error as error:
        rows, problem = None, " ".join(str(error).split())
    if rows is not None:
        examiner.table(table, rows, outcome)
        return
    for check in checks_of(table):
        failure = Failure(examiner.gate, check.name, table.name, check.column, {}, problem, check.expected)
        outcome.add(examiner.gate, check, table.name, [failure])
