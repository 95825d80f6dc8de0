"""What the commands about a round begin with: survey.duckdb as it should be now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gci.cli.printing import at_work

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
    with at_work("Bringing survey.duckdb up to what has landed …"):
        refresh(folders)
    return folders
