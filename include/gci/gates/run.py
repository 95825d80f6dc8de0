"""Runs a gate: suite → Great Expectations and rules → report, failures table, Data Docs. For DAGs and `gci gate`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gci.build.kept import project_of
from gci.core.clock import now
from gci.core.errors import GciError
from gci.core.gates import BUILT, LANDED, PAGES, RELEASE
from gci.core.paths import EXPECTATIONS, SEEDS, DataFolders
from gci.core.records import Candidate, CheckResult, Failure, GateReport
from gci.core.worker_pool import CHECKS
from gci.gates.checks import Outcome, checks_of
from gci.gates.data_docs import site
from gci.gates.decided import seeds_of
from gci.gates.inputs import Inputs, inputs_of, inputs_of_file
from gci.gates.pages import open_pages
from gci.gates.papers import NO_PAPERS, Papers, not_held, papers_of
from gci.gates.partitioning import Occasion, count, divide, examine
from gci.gates.report import make_report, write_report
from gci.gates.rules import ask_rules, checks_of_rules, confirmed
from gci.gates.suite import BrokenSuiteError, Suite, Table, load_recomputation, load_suite, of_partners
from gci.gates.validation_database import Bench, CannotOpenError, EvaluatedError, open_bench
from gci.site.stage import FOLDER as PAGES_FOLDER
from gci.site.stage import pages_digest

if TYPE_CHECKING:
    from gci.storage.release_log import Release

log = logging.getLogger(__name__)

FILE_GATES = (BUILT, RELEASE)
"""The gates that a file alone can be held against; `landed` is about inputs."""

SHARES = 2
"""Shares of the tables for each process of Great Expectations: with several, all processes end at about one time."""

# Check, what it is about, and what holds, for a gate that could not be run.
_SUITE = ("suite_can_be_used", "expectations", "the suite can be used as it is written")
_FILE = ("file_can_be_opened", "file", "the file can be opened")
_READ = ("file_holds_tables_alone", "catalog", "nothing in the file is computed when it is read")


def run_gate(
    gate: str,
    candidate: Candidate,
    folders: DataFolders,
    before: Sequence[Release] | None = None,
    seeds: Path = SEEDS,
) -> GateReport:
    """Hold a candidate against one gate.

    Args:
        gate: landed, built, pages or release.
        candidate: what is tested; for `landed` its file need not be there yet.
        folders: where landing and the published file lie.
        before: the releases that had gone out before it, for a gate that is held once more; those there are when not
            given.
        seeds: the folder of the reference seeds.

    Returns:
        The report, also written to candidate.folder/gates/ with every failing row, and as a site to
        candidate.folder/data_docs/. A gate that cannot be run as its suite says has failed.

    Raises:
        WrongUsage: the candidate has no manifest.
    """
    if gate == PAGES:
        return _run_pages(candidate)
    against, papers = _published_before(gate, candidate, folders, before)
    database = None if gate == LANDED else candidate.database
    inputs = inputs_of(candidate, folders, before)
    with site(gate, candidate.folder) as pages, project_of(candidate.folder, seeds.parent) as project:
        (report,) = run_gates([gate], database, against, inputs, seeds=project / "seeds", pages=pages, papers=papers)
        write_report(report, candidate, inputs.sources)
    if gate == LANDED:
        _say_how_old(inputs)
    return report


def _run_pages(candidate: Candidate) -> GateReport:
    """The gate `pages`: what people will read, against the file that it tells of. It asks no other file."""
    with site(PAGES, candidate.folder) as docs:
        report = hold_pages(candidate, docs)
        write_report(report, candidate, pages_digest=pages_digest(candidate.folder / PAGES_FOLDER))
    return report


def hold_pages(candidate: Candidate, docs: Path | None = None, suites: Path = EXPECTATIONS) -> GateReport:
    """Hold the pages of a candidate against their suite.

    Args:
        candidate: the candidate with its pages; nothing is written there.
        docs: the folder for Great Expectations' pages; None for none.
        suites: the folder of the suites.
    """
    try:
        suite = load_suite(PAGES, suites)
        with open_pages(candidate) as bench:
            return _hold(suite, bench, docs, is_candidate=True)
    except BrokenSuiteError as error:
        return _stopped(PAGES, *_SUITE, error)
    except CannotOpenError as error:
        return _stopped(PAGES, *_FILE, error)


def _published_before(
    gate: str, candidate: Candidate, folders: DataFolders, before: Sequence[Release] | None
) -> tuple[Path | None, Papers]:
    """The file published before a candidate, and the papers of the releases: what a gate compares it with."""
    if gate == LANDED:
        return None, NO_PAPERS
    if before is None:
        against = folders.current if folders.current.is_file() else None
        return against, papers_of(candidate.database, folders) if gate == RELEASE else NO_PAPERS
    papers = Papers(tuple(release.document for release in before)) if gate == RELEASE else NO_PAPERS
    return before[-1].database if before else None, papers


def _say_how_old(inputs: Inputs) -> None:
    """Log the age of each partner's data; one that is too old stops an edition only where that needs it."""
    for source in inputs.sources:
        log.log(logging.WARNING if source.too_old or source.failure else logging.INFO, "%s", source.told())


def gate_file(
    database: Path, against: Path | None, folders: DataFolders, tell: Callable[[str], None] = lambda step: None
) -> list[GateReport]:
    """Hold any DuckDB file of the warehouse's shape against the gates built and release.

    Args:
        database: the file under test. It is opened read only.
        against: the file published before; None means the current one, or, for a file that is itself one of the
            published ones, the release before it.
        folders: where the published files lie.
        tell: is told each gate as it begins.

    Returns:
        One report per gate. A file that cannot be opened has failed both.
    """
    before = against or published_before(database, folders)
    inputs, papers = inputs_of_file(database, folders), papers_of(database, folders)
    with project_of(database.parent) if _has_papers(database) else nullcontext() as project:
        seeds = project / "seeds" if project else seeds_of(database)
        return run_gates(FILE_GATES, database, before, inputs, seeds=seeds, papers=papers, tell=tell)


def _has_papers(database: Path) -> bool:
    """Whether the seeds that a file was made with lie beside it, where they are others than the code's."""
    return any((database.parent / paper).is_file() for paper in ("manifest.json", "release.json"))


def published_before(database: Path, folders: DataFolders) -> Path | None:
    """The file that a file is held against when nobody names one; None when nothing was published before it."""
    from gci.storage.release_log import releases

    if not folders.current.is_file():
        return None
    out = [release.database for release in releases(folders) if release.database.is_file()]
    for place, file in enumerate(out):
        if file.samefile(database):
            return out[place - 1] if place else None
    if folders.current.samefile(database):
        return out[-2] if len(out) > 1 else None
    return folders.current


def run_gates(
    gates: Sequence[str],
    database: Path | None,
    against: Path | None,
    inputs: Inputs,
    suites: Path = EXPECTATIONS,
    seeds: Path = SEEDS,
    pages: Path | None = None,
    papers: Papers = NO_PAPERS,
    tell: Callable[[str], None] = lambda step: None,
) -> list[GateReport]:
    """Hold a file (or, with None, the inputs alone) against gates, on one bench.

    Args:
        gates: names of the gates.
        database: the file under test.
        against: the file published before, if any.
        inputs: what the candidate was made of.
        suites: the folder of the suites.
        seeds: the folder of the reference seeds.
        pages: the folder for Great Expectations' pages; None for no pages.
        papers: what is at hand of the releases that the file may name.
        tell: is told each gate as it begins, and the recomputation that comes before.

    Returns:
        One report per gate.
    """
    tell("computing every figure again")
    try:
        loaded = [load_suite(gate, suites) for gate in gates]
        if inputs.carries_over:
            loaded = [of_partners(suite) for suite in loaded]
        tables = {table.name: table for table in load_suite(BUILT, suites).tables}
        recomputation = load_recomputation(suites)
    except BrokenSuiteError as error:
        return [_stopped(gate, *_SUITE, error) for gate in gates]
    try:
        inputs = replace(inputs, closely=LANDED in gates)
        with open_bench(database, against, inputs, tables, seeds, recomputation, papers) as bench:
            held = []
            for suite in loaded:
                tell(f"gate {suite.gate}")
                held.append(_hold(suite, bench, pages, is_candidate=inputs.are_known))
            if database is not None and not inputs.are_known:
                missed = not_held(bench.connection, is_compared=against is not None)
                held = [replace(report, not_held=missed) for report in held]
    except CannotOpenError as error:
        return [_stopped(gate, *_FILE, error) for gate in gates]
    except EvaluatedError as error:
        return [_evaluated(gate, error) for gate in gates]
    nothing = BrokenSuiteError("Nothing was checked: every rule of the suite needs a candidate.")
    return [report if report.checks else _stopped(report.gate, *_SUITE, nothing) for report in held]


def _stopped(gate: str, check: str, about: str, holds: str, error: GciError) -> GateReport:
    """A gate that could not be run: that is a failure, never a pass."""
    result = CheckResult(gate, check, about, None, False, 1, holds)
    return make_report(gate, [result], [Failure(gate, check, about, None, {}, str(error), holds)])


def _evaluated(gate: str, error: EvaluatedError) -> GateReport:
    """A gate that asked nothing of a file, since reading it would run what somebody has put into it."""
    check, about, holds = _READ
    failures = [
        Failure(gate, check, about, None, {"object": name}, what, "a table; nothing else was asked of this file")
        for name, what in error.objects
    ]
    return make_report(gate, [CheckResult(gate, check, about, None, False, len(failures), holds)], failures)


def _hold(suite: Suite, bench: Bench, pages: Path | None, *, is_candidate: bool) -> GateReport:
    occasion = Occasion(suite.gate, now(), pages)
    asked = [rule for rule in suite.rules if is_candidate or rule.only != "candidate"]
    rows, outcome = _lay_out_rows(suite, bench)
    with CHECKS.at_work() as work:
        for share in divide(rows, SHARES * CHECKS.processes):
            work.begin(examine, occasion, share)
        broken = ask_rules(asked, bench, suite.gate)
        if asked:
            work.begin(count, occasion, checks_of_rules(asked), [row for rows in broken.values() for row in rows])
        results = work.results()
    if asked:
        outcome.take(confirmed(asked, broken, results.pop(), suite.gate))
    for examined in results:
        outcome.take(examined)
    return make_report(suite.gate, outcome.results, outcome.failures)


def _lay_out_rows(suite: Suite, bench: Bench) -> tuple[dict[Table, Path], Outcome]:
    """The files of the tables' rows, and the failure of every check of a table that is not there or cannot be read."""
    import duckdb

    schema = "landing" if suite.gate == LANDED else "candidate"
    rows, outcome = {}, Outcome()
    for table in suite.tables:
        problem = "there is no such table"
        if bench.columns(schema, table.name):
            try:
                rows[table] = bench.rows(schema, table)
                continue
            except duckdb.Error as error:
                problem = " ".join(str(error).split())
        for check in checks_of(table):
            failure = Failure(suite.gate, check.name, table.name, check.column, {}, problem, check.expected)
            outcome.add(suite.gate, check, table.name, [failure])
    return rows, outcome
