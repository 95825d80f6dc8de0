"""The one door from building to DuckDB: every statement says what it is for, is logged, and stands in its error."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gci.core.database.connection import connect
from gci.core.errors import TryAgain

log = logging.getLogger(__name__)


def query(
    statement: str, purpose: str, parameters: Sequence[Any] = (), database: Path | None = None
) -> list[dict[str, Any]]:
    """Run one reading statement and give its rows.

    Args:
        statement: the SQL; marks `?` take the parameters.
        purpose: what the rows are for, in a few words; for the log and for errors.
        parameters: values of the marks.
        database: the DuckDB file to read; None for statements that read Parquet alone.

    Returns:
        One dictionary per row. Nothing stays open.

    Raises:
        TryAgain: DuckDB cannot do it (a file is busy, damaged or gone).
    """
    import duckdb

    began = time.monotonic()
    try:
        # An instance of its own: a file that was replaced must not be read through an older connection.
        with connect() as connection:
            if database is not None:
                path = str(database).replace("'", "''")
                connection.execute(f"attach '{path}' as warehouse (read_only)")
                connection.execute("use warehouse.main")
            cursor = connection.execute(statement, list(parameters))
            names = [column[0] for column in cursor.description or ()]
            rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    except duckdb.Error as error:
        where = f" in {database}" if database else ""
        raise TryAgain(
            f"DuckDB could not read {purpose}{where}: {error}. The statement was: {statement}. Nothing was changed."
        ) from error
    log.debug("%s: %s rows in %.3f s: %s", purpose, len(rows), time.monotonic() - began, statement)
    return rows
