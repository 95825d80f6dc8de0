"""Prepares a deployment: metadata database, the pool of the one writer, roles, the first users, the bucket.

Safe to repeat; what is there stays. Users come from the environment: `GCI_USER_<ROLE>=NAME:PASSWORD`, or
`GCI_USER_<ROLE>_FILE` with the path of a file that holds this, for each of the roles.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from gci.core.errors import GciError, WrongUsage
from gci.core.paths import data_folders
from gci.orchestration.deploy.roles import ROLES, make_roles, make_user
from gci.orchestration.settings import configure_environment
from gci.storage import door

log = logging.getLogger(__name__)


def prepare() -> None:
    """Do all of it.

    Raises:
        WrongUsage: a user is not given as NAME:PASSWORD; nothing is made up in its place.
        TryAgain: the store cannot be reached.
    """
    folders = data_folders()
    users = {role: found for role in ROLES if (found := _given(f"GCI_USER_{role.upper()}"))}
    configure_environment(folders)
    door.prepare(folders)
    from airflow.utils.db import initdb

    from gci.orchestration.runs.metadata import pools

    initdb()
    pools()
    make_roles()
    for role, user in users.items():
        name, separator, password = user.partition(":")
        if not (name and separator and password):
            raise WrongUsage(f"GCI_USER_{role.upper()} has the form NAME:PASSWORD.")
        make_user(name, password, role)


def _given(variable: str) -> str:
    file = os.environ.get(f"{variable}_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get(variable, "")


if __name__ == "__main__":
    try:
        prepare()
    except GciError as error:
        sys.stderr.write(f"gci: {error}\n")
        sys.exit(error.exit_code)
