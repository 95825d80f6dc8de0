"""Reads survey.duckdb: one place, so that whoever reads gets the file that is there now."""

from __future__ import annotations

from typing import Any

from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders


def rows_of(table: str, edition: str | None, order: str, folders: DataFolders) -> list[dict[str, Any]]:
    """The rows of a table of survey.duckdb, those of one edition where one is named.

    Args:
        table: the table.
        edition: the edition; None for a table that has none.
        order: columns to sort by.
        folders: where the file lies.

    Returns:
        Values by column; dates and moments as ISO 8601 text, UTC.

    Raises:
        TryAgain: the file is not there or cannot be read.
    """
    import duckdb

    where = "" if edition is None else f" where edition = {quoted(edition)}"
    try:
        if not folders.survey.is_file():
            raise TryAgain(
                f"{folders.survey} has not been made yet. `collect_survey` makes it when something comes in of an "
                "edition that is being collected; for any other, `gci status --edition E` does, also beside a server."
            )
        with reading(folders.survey, "survey") as connection:
            return rows(connection, f"from {table}{where} order by {order}")
    except duckdb.Error as error:
        raise TryAgain(f"{folders.survey} could not be read ({error}). Remove it, and `gci status`.") from error
