"""What a run of dbt works on, and how it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.build.report import failures
from gci.core.errors import Blocked
from gci.core.lines import BUILT
from gci.core.paths import DBT_PROJECT

# The state of a survey round goes into a file of its own: gci.casework.refresh.
WAREHOUSE = ("--exclude", "tag:survey")

FOR_PARTNERS = ("--select", *(f"+{name}" for name in BUILT), "--indirect-selection", "cautious")
"""What hangs on partner data, and what that is made of; a test that needs more than that is not run."""


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
