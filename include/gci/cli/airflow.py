"""`gci airflow`: Airflow's own command line, on this data folder."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

CONTEXT_SETTINGS = {"ignore_unknown_options": True}
"""Options that are not ours go to Airflow."""


def airflow(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="ARGUMENT...", help="What Airflow's own command line takes.")
    ] = None,
) -> None:
    """Run Airflow's own command line with the settings of this data folder, e.g. `gci airflow dags list`.

    It speaks to the same database as `gci up` and `gci run`. Airflow's own help: `gci airflow -- --help`.
    """
    from gci.core.paths import data_folders
    from gci.orchestration.settings import configure_environment

    configure_environment(data_folders())
    sys.stdout.flush()
    # No shell on purpose: Airflow takes the place of this process, its signals and exit code with it.
    os.execv(sys.executable, [sys.executable, "-m", "airflow", *(arguments or [])])  # noqa: S606 (no shell is wanted)
