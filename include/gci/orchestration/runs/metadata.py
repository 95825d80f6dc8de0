"""Airflow's metadata database before a run: there, current, with our pool, and nobody else at work on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from gci.core.errors import TryAgain
from gci.core.ids import SIGN_OFF_POOL, WRITER_POOL
from gci.core.paths import DataFolders

_LOOK = 1.0  # seconds between two looks at a scheduler's signs of life


def prepare(folders: DataFolders, say: Callable[[str], None] = lambda _: None) -> None:
    """Make or migrate the metadata database where needed, and the pool that keeps writers apart.

    Args:
        folders: the data folder; `gci.orchestration.settings.configure_environment` has been called for it.
        say: takes what a person should know meanwhile.

    Raises:
        TryAgain: a scheduler is alive on this database: it would run the same tasks beside us.
    """
    _migrate(folders)
    _nobody_else(folders, say)
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


def _nobody_else(folders: DataFolders, say: Callable[[str], None]) -> None:
    """Refuse beside a scheduler that lives. One that was killed gives no sign of life: wait until Airflow sees it."""
    from airflow.jobs.job import most_recent_job

    first: Any = None
    while (job := most_recent_job("SchedulerJob")) and job.is_alive():
        beat: Any = (job.id, job.latest_heartbeat)
        if first is None:
            say("Airflow believes in a scheduler that gives no sign of life: waiting until it lets go (half a minute).")
        elif beat != first:
            raise TryAgain(
                f"Airflow's scheduler is running on {folders.root} (host {job.hostname}, since {job.start_date:%F %T} "
                "UTC). Trigger the DAGs there, in its UI, or stop it and call again. Nothing was changed."
            )
        first = beat
        time.sleep(_LOOK)


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
