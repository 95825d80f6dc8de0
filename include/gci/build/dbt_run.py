"""One run of dbt in this process: the whole project, all layers, into one new DuckDB file."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.build.database import query
from gci.build.report import as_table, failures, report
from gci.errors import Blocked
from gci.paths import DBT_PROJECT

log = logging.getLogger(__name__)

# dbt's events for the end of a node, and how each calls the number of nodes.
_ENDS = {"LogModelResult": "total", "LogSeedResult": "total", "LogTestResult": "num_models"}
# The state of a survey round goes into a file of its own: gci.survey.refresh.
WAREHOUSE = ("--exclude", "tag:survey")
_PARSED: dict[Path, Any] = {}


class DbtFailed(Blocked):
    """dbt could not build everything.

    Attributes:
        report: what came of each model, as gci.build.report has it.
        exception: what stopped dbt as a whole; None where single models or tests failed.
    """

    def __init__(self, report: list[dict[str, Any]], exception: BaseException | None, target: Path) -> None:
        self.report = report
        self.exception = exception
        super().__init__(self.told(target))

    def told(self, target: Path) -> str:
        """What failed, and where its SQL lies, for a person; `target` is the folder in which dbt's files are found."""
        told = []
        for one in failures(self.report):
            told.append(f"{one['name']}: {one['message']}")
            if one["compiled"]:
                told.append(f"  its SQL: {target / one['compiled']}")
        if self.exception is not None:
            told.append(" ".join(str(self.exception).split()))
        found = "\n".join(told) or "dbt said no more; run it again with its log at hand"
        return f"dbt could not build it.\n{found}\nNothing was made; what was there before is as it was."


@dataclass(frozen=True)
class Job:
    """What dbt works on.

    Attributes:
        folder: an empty folder; gets dbt/ with all that dbt leaves.
        documents: the folder with manifest.json, releases.json and gate_results.json.
        landing: the landing zone.
        threads: how many models at a time.
        project: the dbt project.
    """

    folder: Path
    documents: Path
    landing: Path
    threads: int = 2
    project: Path = DBT_PROJECT

    @property
    def file(self) -> Path:
        """The DuckDB file with all layers."""
        return self.folder / "dbt" / "candidate.duckdb"


def build_file(job: Job, chosen: Sequence[str] = WAREHOUSE) -> list[dict[str, Any]]:
    """Build job.file with dbt: seeds, models and their tests.

    Args:
        job: what dbt works on.
        chosen: options of dbt that choose what is built; the warehouse when not given.

    Returns:
        What was built, how long it took and how many rows it has, as gci.build.report has it. No connection to the
        file is left open.

    Raises:
        DbtFailed: the message names the models and tests, what was wrong with each, and where its SQL lies.
    """
    job.file.parent.mkdir()
    manifest = _manifest(job)
    # Unit tests are about the models, not about this data: `make test` runs them.
    outcome = run_dbt("build", job, "--exclude-resource-type", "unit_test", *chosen, manifest=manifest)
    results = getattr(outcome.result, "results", None) or []
    told = report(results, _rows(job.file), job.file.parent)
    for line in as_table(told):
        log.info("%s", line)
    if not outcome.success or failures(told):
        raise DbtFailed(told, outcome.exception, job.file.parent)
    if chosen == WAREHOUSE:
        _document(job, manifest)
    return told


def _manifest(job: Job) -> Any:
    """The project as dbt has parsed it: once in a process, since nothing of a build is in it.

    What changes in the project afterwards is seen by the next process.
    """
    if job.project not in _PARSED:
        parsed = run_dbt("parse", job)
        if not parsed.success:
            raise DbtFailed([], parsed.exception, job.file.parent)
        _PARSED[job.project] = parsed.result
    return _PARSED[job.project]


def _document(job: Job, manifest: Any) -> None:
    """Write dbt's documentation of the build as one page, docs/index.html, which loads nothing from elsewhere."""
    done = run_dbt("docs", job, "--static", "--no-compile", subcommand="generate", manifest=manifest)
    if not done.success:
        raise DbtFailed([], done.exception, job.file.parent)
    folder = job.file.with_name("docs")
    folder.mkdir()
    job.file.with_name("static_index.html").rename(folder / "index.html")
    job.file.with_name("index.html").unlink()  # dbt's own, which would fetch the rest


def run_dbt(command: str, job: Job, *options: str, subcommand: str = "", manifest: Any = None) -> Any:
    """Run one dbt command (build, test …) in this process, on job.file.

    Args:
        command: the command.
        job: what it works on.
        options: its options.
        subcommand: its second word, where it has one (docs generate).
        manifest: what `parse` gave, so that the project is not parsed again.

    Returns:
        dbt's own result. Nothing is printed, no connection is left open, the working directory is as it was.
    """
    from dbt.cli.main import dbtRunner

    with _left_as_it_was():
        words = [word for word in (command, subcommand) if word]
        return dbtRunner(manifest=manifest, callbacks=[_follow]).invoke([*words, *_arguments(job), *options])


def _follow(event: Any) -> None:
    """Log each node as it ends, so that whoever waits sees how far dbt is. Called by dbt for each of its events."""
    total = _ENDS.get(event.info.name)
    if total:
        node = event.data.node_info.node_name
        log.info("dbt: %s of %s, %s", event.data.index, getattr(event.data, total), node)


def _arguments(job: Job) -> list[str]:
    variables = {
        "candidate": str(job.file),
        "folder": str(job.documents),
        "landing": str(job.landing),
        "threads": job.threads,
        "frameworks": _seeds(job, "framework"),
        "allotments": _seeds(job, "allotment"),
    }
    return [
        *("--project-dir", str(job.project), "--profiles-dir", str(job.project)),
        *("--target-path", str(job.file.parent), "--log-path", str(job.file.parent / "logs")),
        *("--vars", json.dumps(variables, sort_keys=True)),
        # The target folder is new: there is nothing to parse partially from.
        "--no-partial-parse",
        # stdout belongs to the command that calls (gci … --json); dbt tells its log file.
        *("--log-level", "none", "--log-level-file", "info"),
        "--no-version-check",
        "--no-send-anonymous-usage-stats",
    ]


def _seeds(job: Job, kind: str) -> list[str]:
    """The seeds of which there is one per edition, or per edition and expert, without the kind in their name."""
    return sorted(path.stem.removeprefix(f"{kind}_") for path in (job.project / "seeds").glob(f"{kind}s/{kind}_*.csv"))


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    """Undo what dbt does to the process: it changes the working directory and keeps its DuckDB environment."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    before = Path.cwd()
    try:
        yield
    finally:
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]  # dbt-duckdb lacks the hint
        os.chdir(before)


def _rows(file: Path) -> dict[str, int]:
    """Number of rows of each table; nothing where dbt made no file."""
    if not file.is_file():
        return {}
    counted = query("select table_name, estimated_size from duckdb_tables()", "the size of each table", database=file)
    return {row["table_name"]: row["estimated_size"] for row in counted}
