"""Makes Airflow's home ready for a server, in a process of its own: the supervisor itself imports no Airflow."""

from __future__ import annotations

import sys

from gci.core.errors import GciError
from gci.core.paths import data_folders
from gci.orchestration.settings import configure_environment


def main() -> int:
    """Write Airflow's keys where there are none, migrate its database, make the pool of the one writer.

    Returns:
        Exit code: 0, or 1 with the reason on stderr.
    """
    folders = data_folders()
    configure_environment(folders)
    from airflow.configuration import write_default_airflow_configuration_if_needed

    write_default_airflow_configuration_if_needed()  # with keys of its own, for its owner alone
    from gci.orchestration.runs.metadata import prepare

    try:
        prepare(folders)
    except GciError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
