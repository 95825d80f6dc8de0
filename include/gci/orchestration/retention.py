"""How long Airflow's history is kept: runs, tasks, events and logs. What landed and was published is not its business.

`gci up` calls it once a day, `gci prune` whenever somebody does. Airflow's own clean-up (`airflow db clean`) does the
work on its database; it keeps the newest run of each DAG, and whatever still runs.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from typing import Any

from gci.core.errors import WrongUsage
from gci.core.ids import TELL_OWNERS
from gci.core.modified import modified_ns
from gci.core.paths import DataFolders, data_folders

SETTING = "GCI_KEEP_DAYS"
KEPT = 400
"""Days: longer than a yearly round, and than a request for a sign-off may be open (366)."""
OF_THE_DIGEST = 14
"""Days for runs of `tell_owners`, which looks every quarter of an hour and mostly has nothing to tell."""
_FREQUENT = [TELL_OWNERS]


def days() -> int:
    """For how many days history is kept.

    Raises:
        WrongUsage: $GCI_KEEP_DAYS is no number of days of at least a year and a day.
    """
    said = os.environ.get(SETTING) or str(KEPT)
    if not said.isdecimal() or int(said) <= 366:
        raise WrongUsage(
            f"{SETTING} is {said!r}: say in days how long Airflow's history is kept, more than 366: a request for a "
            "sign-off may be open for so long."
        )
    return int(said)


def prune(folders: DataFolders) -> str:
    """Take away what is older than it is kept, from Airflow's database and its logs.

    Args:
        folders: the data folder; `gci.orchestration.settings.configure_environment` has been called for it.

    Returns:
        What was taken away, in a line.
    """
    import pendulum
    from airflow.utils.db_cleanup import config_dict, run_cleanup

    kept, now = days(), datetime.now(UTC)
    long, short = now - timedelta(days=kept), now - timedelta(days=min(kept, OF_THE_DIGEST))
    quiet: dict[str, Any] = {"confirm": False, "skip_archive": True}
    every = [name for name in config_dict if name != "dag"]  # a DAG that is parsed no more is no matter of age
    # Of `deadline` 3.3.2 warns that it cannot clean it by itself: its rows go with their runs.
    with redirect_stdout(io.StringIO()):  # a line for each table
        run_cleanup(clean_before_timestamp=pendulum.instance(long), table_names=every, **quiet)
    # What hangs on a run goes with it; not every table of Airflow's can be cleaned by DAG.
    frequent: dict[str, Any] = {"dag_ids": _FREQUENT, "table_names": ["dag_run", "log"]}
    with redirect_stdout(io.StringIO()):
        run_cleanup(clean_before_timestamp=pendulum.instance(short), **frequent, **quiet)
    taken = _logs(folders, "dag_id=*/run_id=*", long) + _logs(folders, "dag_id=tell_owners/run_id=*", short)
    taken += _logs(folders, "dag_processor/*", short)
    return (
        f"Kept {kept} days of Airflow's history ({OF_THE_DIGEST} of the digest's); {taken} folders of logs taken away."
    )


def _logs(folders: DataFolders, pattern: str, before: datetime) -> int:
    """Remove folders of logs in which nothing was written since; how many."""
    taken = 0
    for folder in (folders.airflow / "logs").glob(pattern):
        if folder.is_symlink() or not folder.is_dir():
            continue
        newest = max((modified_ns(path) or 0 for path in folder.rglob("*") if path.is_file()), default=0)
        if newest < before.timestamp() * 1e9:
            shutil.rmtree(folder, ignore_errors=True)
            taken += 1
    return taken


def main() -> int:
    """Prune the data folder of the environment, and say what was taken away."""
    from gci.orchestration.settings import configure_environment

    folders = data_folders()
    configure_environment(folders)
    sys.stdout.write(f"{time.strftime('%F %T')} {prune(folders)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
