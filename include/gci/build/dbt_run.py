"""One run of dbt on the whole project, in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gci.build.dbt_job import WAREHOUSE, Job
from gci.core.paths import DBT_PROJECT
from gci.core.worker_pool import DBT


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
