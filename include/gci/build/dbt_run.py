"""One run of dbt on the whole project, in a process of its own: what it works on, and how it can fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.build.report import failures
from gci.core.errors import Blocked
from gci.core.paths import DBT_PROJECT
from gci.core.worker_pool import DBT

# The state of a survey round goes into a file of its own: gci.casework.refresh.
WAREHOUSE = ("--exclude", "tag:survey")


class DbtFailed(Blocked):
    """dbt could not build everything.

    Attributes:
        report: what came of each model, as gci.build.report has it.
        stopped_by: what stopped dbt as a whole, in dbt's words; None where single models or tests failed.

    Args:
        report: the same.
        stopped_by: the same, or dbt's exception.
        target: the folder in which dbt's files are found.
    """

    def __init__(self, report: list[dict[str, Any]], stopped_by: BaseException | str | None, target: Path) -> None:
        self.report = report
        self.stopped_by = None if stopped_by is None else " ".join(str(stopped_by).split())
        self._target = target
        super().__init__(self.told(target))

    def __reduce__(self) -> tuple[Any, ...]:
        return DbtFailed, (self.report, self.stopped_by, self._target)

    def told(self, target: Path) -> str:
        """What failed, and where its SQL lies, for a person; `target` is the folder in which dbt's files are found."""
        told = []
        for one in failures(self.report):
            told.append(f"{one['name']}: {one['message']}")
            if one["compiled"]:
                told.append(f"  its SQL: {target / one['compiled']}")
        if self.stopped_by is not None:
            told.append(self.stopped_by)
        found = "\n".join(told) or "dbt said no more; run it again with its log at hand"
        return f"dbt could not build it.\n{found}\nNothing was made; what was there before is as it was."


@dataclass(frozen=True)
class Job:
    """What dbt works on.

    Attributes:
        folder: an empty folder; gets dbt/ with all that dbt leaves.
        documents: the folder with manifest.json and what else gci.build.manifest writes.
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
        What was built, how long it took and how many rows it has, as gci.build.report has it.

    Raises:
        DbtFailed: the message names the models and tests, what was wrong with each, and where its SQL lies.
        TryAgain: the process in which dbt worked was killed.
    """
    return DBT.ask(_build, job, tuple(chosen))


def parse() -> None:
    """Parse the project. Called in the process of dbt, ahead of the first build."""
    from gci.build.dbt_engine import parse

    parse(DBT_PROJECT)


def _build(job: Job, chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    from gci.build.dbt_engine import build

    return build(job, chosen)
