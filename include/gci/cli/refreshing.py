"""What the commands about a round begin with: survey.duckdb as it should be now."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gci.core.paths import DataFolders


def refreshed(edition: str) -> DataFolders:
    """The data folders, with survey.duckdb brought up to what has landed; that is shown on stderr while it lasts.

    Args:
        edition: the edition that is asked for: a wrong one is told before anything is made.

    Raises:
        WrongUsage: there is no such edition.
        Blocked: dbt failed.
        TryAgain: the disk refused the file.
    """
    from gci.casework.refresh import refresh
    from gci.core.paths import data_folders
    from gci.reference.seeds import edition as known

    known(edition)
    folders = data_folders()
    with _waiting() if sys.stderr.isatty() else nullcontext():
        refresh(folders)
    return folders


def _waiting() -> AbstractContextManager[object]:
    from rich.console import Console

    return Console(stderr=True).status("Bringing survey.duckdb up to what has landed …")
