"""gci prune: Airflow's history no longer than it is kept."""

from __future__ import annotations

import typer


def prune() -> None:
    """Take away runs and logs of Airflow that are older than $GCI_KEEP_DAYS (default 400). `gci up` does it daily.

    Nothing in landing/, quarantine/, candidates/ or published/ is touched.
    """
    from gci.core.paths import data_folders
    from gci.orchestration.retention import days
    from gci.orchestration.retention import prune as take_away
    from gci.orchestration.settings import configure_environment

    days()
    folders = data_folders()
    if not (folders.airflow / "airflow.cfg").exists() and not any(folders.airflow.glob("airflow.db")):
        typer.echo(f"There is no history of Airflow in {folders.airflow}.")
        return
    configure_environment(folders)
    typer.echo(take_away(folders))
