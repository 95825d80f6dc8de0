"""dbt itself: the whole project, all layers, into one new DuckDB file; in this process.

Importing it takes seconds. gci.build.dbt_run has the work done in a process that has done so.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from gci.build.dbt_job import WAREHOUSE, DbtFailed, Job
from gci.build.dbt_lean import leave_out
from gci.build.manifest import synthetic_editions
from gci.build.report import as_table, failures, report
from gci.core.database.query import query
from gci.core.paths import REPLAY
from gci.reference.seed_files import seeds_of_kind

leave_out()

log = logging.getLogger(__name__)

# dbt's events for the end of a node, and how each calls the number of nodes.
_ENDS = {"LogModelResult": "total", "LogSeedResult": "total", "LogTestResult": "num_models"}
_PARSED: dict[Path, Any] = {}


def build(job: Job, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """Build job.file: see gci.build.dbt_run.build_file. No connection to it is left open."""
    job.file.parent.mkdir()
    manifest = _manifest(job)
    # Unit tests are about the models, not about this data: `make test` runs them. Exposures are nothing to build.
    outcome = run_dbt("build", job, "--exclude-resource-type", "unit_test", "exposure", *chosen, manifest=manifest)
    results = getattr(outcome.result, "results", None) or []
    told = report(results, _rows(job.file), job.file.parent)
    for line in as_table(told):
        log.info("%s", line)
    if not outcome.success or failures(told):
        raise DbtFailed(told, outcome.exception, job.file.parent)
    if chosen == WAREHOUSE:
        _document(job, manifest)
    return told


def parse(project: Path) -> None:
    """Parse a project ahead of its first build. Raises DbtFailed."""
    with tempfile.TemporaryDirectory(prefix="gci-dbt-") as folder:
        _manifest(Job(Path(folder), Path(folder), Path(folder), project=project))


def _manifest(job: Job) -> Any:
    """The project as dbt has parsed it: once in a process, since nothing of a build is in it.

    What changes in the project afterwards is seen by the next process.
    """
    if job.project not in _PARSED:
        done = run_dbt("parse", job, "--no-write-json")  # each build writes it, with what was compiled
        if not done.success:
            raise DbtFailed([], done.exception, job.file.parent)
        _PARSED[job.project] = done.result
        gc.freeze()  # some million objects, all of which stay: no build need look through them for garbage
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
        "replay": str(REPLAY),
        "synthetic": " ".join(synthetic_editions(job.documents)),
        "threads": job.threads,
        "frameworks": list(seeds_of_kind("framework", job.project / "seeds")),
        "allotments": list(seeds_of_kind("allotment", job.project / "seeds")),
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


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    """Undo what dbt does to the process: it changes the working directory and keeps its DuckDB environment."""
    before = Path.cwd()
    try:
        yield
    finally:
        DuckDBConnectionManager.close_all_connections()
        os.chdir(before)


def _rows(file: Path) -> dict[str, int]:
    """Number of rows of each table; nothing where dbt made no file."""
    if not file.is_file():
        return {}
    counted = query("select table_name, estimated_size from duckdb_tables()", "the size of each table", database=file)
    return {row["table_name"]: row["estimated_size"] for row in counted}
