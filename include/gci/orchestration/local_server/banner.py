"""What `gci up` tells when the server is ready: where it is, who can log in and how, where its logs are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gci.core.paths import DataFolders
from gci.orchestration.local_server.parts import log_file
from gci.sign_off.users import USERS, User


def ready(address: str, known: Sequence[User], passwords: Path, folders: DataFolders) -> Iterator[str]:
    """The lines that a person needs to begin.

    Args:
        address: where the UI is.
        known: who may log in.
        passwords: the file that holds their passwords.
        folders: the data folder.
    """
    wide = max(len(user.name) for user in known)
    roles = max(len(user.role.name) for user in known)
    yield ""
    yield f"Airflow is ready: {address}"
    yield ""
    for user in known:
        yield f"  {user.name:<{wide}}  {user.role.name:<{roles}}  may {user.role.may}"
    yield ""
    yield f"  passwords  {passwords} (for your eyes alone; other users: {USERS}=NAME:ROLE,…)"
    yield f"  logs       {log_file('*', folders).parent}"
    yield f"  data       {folders.root}"
    yield ""
    yield "Ctrl-C stops it."
