"""Makes Airflow's home ready for a server, in a process of its own: the supervisor itself imports no Airflow."""

from __future__ import annotations

import sys

from gci.core.errors import GciError
from gci.core.paths import data_folders
from gci.orchestration.settings import configure_environment

TELLS, REFUSES = "gci: ", "gci refuses: "
"""How lines begin that are for whoever started the server: on the way, and about why it cannot start."""


def main() -> int:
    """Write Airflow's keys where there are none, migrate its database, make the pools.

    Returns:
        Exit code: 0, or 1 with the reason on a line of its own.
    """
    folders = data_folders()
    configure_environment(folders)
    from airflow.configuration import write_default_airflow_configuration_if_needed

    write_default_airflow_configuration_if_needed()  # with keys of its own, for its owner alone
    from gci.orchestration.runs.metadata import prepare

    try:
        prepare(folders, lambda line: _write(f"{TELLS}{line}"))
    except GciError as error:
        _write(f"{REFUSES}{' '.join(str(error).split())}")
        return 1
    return 0


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
