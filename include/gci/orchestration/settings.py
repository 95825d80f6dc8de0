"""Airflow's environment: its home under $GCI_DATA, our DAGs and no others, and no word to the outside.

Call `configure_environment` before airflow is imported for the first time: Airflow reads its environment then.
"""

from __future__ import annotations

import json
import os
import sys

from gci.core.errors import WrongUsage
from gci.core.paths import DAGS, DataFolders

# What the warehouse promises (two data folders never touch each other; nothing is reported to anyone): an operator's
# own setting of these would break it, so they are set whatever the environment says.
_OURS = {
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    # With it everyone is the same nameless administrator, and nobody could say who signed off.
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "SCARF_ANALYTICS": "false",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}

# A run with nothing to do is skipped, every hour: in Airflow's own pink it looks like an alarm.
# Airflow puts its own colours into a later layer of the stylesheet, so that ours count only with `important`.
_CALM = {"--chakra-colors-skipped-solid": "oklch(0.65 0.02 252) !important"}

# What suits a first start: an operator's own AIRFLOW__ variables win. The metadata database, the executor and the
# auth manager are Airflow's own defaults (SQLite in AIRFLOW_HOME, LocalExecutor, simple auth manager).
_DEFAULTS = {
    # The DAGs follow each other through assets: paused ones would break the chain without a word.
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    "AIRFLOW__API__THEME": json.dumps({"globalCss": {":root, .light, .dark": _CALM}}),
}


DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
PATIENCE = 60
"""Seconds for which a writer is waited for in Airflow's own SQLite database."""


def environment(folders: DataFolders) -> dict[str, str]:
    """The variables that Airflow needs for this data folder, without those the operator has set better.

    Args:
        folders: the data folder whose `airflow/` is Airflow's home.

    Returns:
        Variables by name, to be set before Airflow starts, here or in another process.
    """
    defaults = {name: value for name, value in (_DEFAULTS | _lineage(folders)).items() if name not in os.environ}
    defaults |= _database(folders)
    return defaults | _OURS | {"AIRFLOW_HOME": str(folders.airflow), "GCI_DATA": str(folders.root)}


def _database(folders: DataFolders) -> dict[str, str]:
    """Airflow's own default, SQLite in its home, but patient: a scheduler that waits 5 s for a writer ends itself."""
    ours = f"airflow.db?timeout={PATIENCE}"
    if os.environ.get(DATABASE, ours).endswith(ours):  # not the operator's, but perhaps that of another data folder
        args = "gci.orchestration.airflow_sqlite.CONNECT_ARGS"
        return {DATABASE: f"sqlite:///{folders.airflow}/{ours}", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS": args}
    return {}


def _lineage(folders: DataFolders) -> dict[str, str]:
    """Lineage goes to a file of ours, unless the operator says where it goes."""
    said = ("OPENLINEAGE_", "AIRFLOW__OPENLINEAGE__CONFIG", "AIRFLOW__OPENLINEAGE__TRANSPORT")
    if any(name.startswith(said) for name in os.environ):
        return {}
    transport = {"type": "file", "log_file_path": str(folders.lineage), "append": True}
    return {
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(transport),
        "AIRFLOW__OPENLINEAGE__NAMESPACE": "gci",
        # The program is in the repository: a copy of it in each event would tell nothing more.
        "AIRFLOW__OPENLINEAGE__EMISSION_POLICY": json.dumps(
            [{"scope": {}, "controls": {"include_source_code": False}}]
        ),
    }


def configure_environment(folders: DataFolders) -> None:
    """Set Airflow's environment in this process and make its home. Doing it twice is the same as once.

    Raises:
        WrongUsage: Airflow has been imported in this process for another home; its settings cannot be changed then.
    """
    home = str(folders.airflow)
    if "airflow" in sys.modules and os.environ.get("AIRFLOW_HOME") != home:
        raise WrongUsage(f"Airflow is in use in this process for another data folder than {folders.root}.")
    folders.airflow.mkdir(mode=0o700, parents=True, exist_ok=True)  # keys, passwords and what connections hold
    folders.lineage.parent.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(folders))
