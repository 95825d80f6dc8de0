"""One Parquet file per table, compressed with Snappy, with the types of the warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import quoted

if TYPE_CHECKING:
    import duckdb


def write(connection: duckdb.DuckDBPyConnection, table: str, rows: str, target: Path) -> None:
    """Write `rows` of `table` to `target`. Arguments as in gci.publish.formats.csv.write."""
    connection.execute(f"copy (select * {rows}) to {quoted(str(target))} (format parquet)")
