"""Airflow's metadata database before a run: there, current, with our pool, and nobody else at work on it."""

from __future__ import annotations

from typing import Any

from gci.core.errors import TryAgain
from gci.core.paths import DataFolders

WRITER_POOL = "warehouse_writer"


def prepare(folders: DataFolders) -> None:
    """Make or migrate the metadata database where needed, and the pool that keeps writers apart.

    Args:
        folders: the data folder; `gci.orchestration.settings.configure_environment` has been called for it.

    Raises:
        TryAgain: a scheduler is alive on this database: it would run the same tasks beside us.
    """
    _migrate(folders)
    _nobody_else(folders)
    writer_pool()


def _migrate(folders: DataFolders) -> None:
    """Bring the schema up to date. A current one costs a twentieth of a second."""
    from airflow.utils.db import check_migrations, initdb

    if any(folders.airflow.glob("airflow.db")):
        try:
            check_migrations(0)  # type: ignore[no-untyped-call]  # Airflow has it so
            return
        except TimeoutError:  # how it says that migrations are missing
            pass
    initdb()


def _nobody_else(folders: DataFolders) -> None:
    from airflow.jobs.job import most_recent_job

    job: Any = most_recent_job("SchedulerJob")
    if job and job.is_alive():
        raise TryAgain(
            f"Airflow's scheduler is running on {folders.root} (host {job.hostname}, since {job.start_date:%F %T} "
            "UTC). Trigger the DAGs there, in its UI, or stop it and call again. Nothing was changed."
        )


def writer_pool() -> None:
    """One slot: two tasks that build or publish never run at once, whatever the executor."""
    from airflow.models.pool import Pool

    Pool.create_or_update_pool(WRITER_POOL, 1, "One at a time builds or publishes a warehouse.", include_deferred=False)
