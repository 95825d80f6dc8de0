"""Airflow's metadata database before a run: there, current, with our pool, and nobody else at work on it."""

from __future__ import annotations

from typing import Any

from gci.core.errors import TryAgain
from gci.core.paths import DataFolders

WRITER_POOL = "warehouse_writer"
SIGN_OFF_POOL = "sign_off"


def prepare(folders: DataFolders) -> None:
    """Make or migrate the metadata database where needed, and the pool that keeps writers apart.

    Args:
        folders: the data folder; `gci.orchestration.settings.configure_environment` has been called for it.

    Raises:
        TryAgain: a scheduler is alive on this database: it would run the same tasks beside us.
    """
    _migrate(folders)
    _nobody_else(folders)
    pools()


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


def pools() -> None:
    """Make the pools that keep tasks apart, whatever the executor.

    One slot to write: two tasks that build or publish never run at once. Two to prepare and ask for a sign-off: however
    many runs ask, collecting and building go on beside them.
    """
    from airflow.models.pool import Pool

    Pool.create_or_update_pool(WRITER_POOL, 1, "One at a time builds or publishes a warehouse.", include_deferred=False)
    Pool.create_or_update_pool(
        SIGN_OFF_POOL, 2, "What is put before a publisher: gate `release`, request, sign-off.", include_deferred=False
    )
