"""Reads survey.duckdb: one place, so that whoever reads gets the file that is there now."""

from __future__ import annotations

from typing import Any, NoReturn

from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders


class _Row(dict[str, Any]):
    """A row that says what is wrong where the file lacks a column: an upgrade finds the file of the version before."""

    def __missing__(self, column: str) -> NoReturn:
        raise TryAgain(
            f"survey.duckdb was made by another version of the program and has no `{column}`. `collect_survey` makes "
            "it anew within the hour, `gci status --edition E` at once."
        )


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
        TryAgain: the file is not there or cannot be read; from a row, where one asks for a column that the version of
            the program that made the file did not know.
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
            return [_Row(row) for row in rows(connection, f"from {table}{where} order by {order}")]
    except duckdb.Error as error:
        raise TryAgain(f"{folders.survey} could not be read ({error}). Remove it, and `gci status`.") from error
