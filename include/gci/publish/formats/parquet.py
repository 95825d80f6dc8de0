"""One Parquet file per table, compressed with Snappy, with the types of the warehouse.

Its own metadata say what it is: title, edition, vintage, source, licence, what the table and each of its columns says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import quoted
from gci.core.database.warehouse_file import rows as asked

if TYPE_CHECKING:
    import duckdb


def write(
    connection: duckdb.DuckDBPyConnection, table: str, rows: str, target: Path, told: Mapping[str, str] | None = None
) -> None:
    """Write `rows` of `table` to `target`. Arguments as in gci.publish.formats.csv.write; `told`: its metadata."""
    said = ", ".join(f'"{name}": {quoted(text)}' for name, text in (told or {}).items())
    metadata = f", kv_metadata {{{said}}}" if said else ""
    connection.execute(f"copy (select * {rows}) to {quoted(str(target))} (format parquet{metadata})")


def comments(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """By table of the warehouse in use what it says (`table`), and its columns (`columns`, a JSON object)."""
    statement = """
        select t.table_name, t.comment as about, c.column_name, c.comment
        from duckdb_tables() as t join duckdb_columns() as c using (database_name, schema_name, table_name)
        where t.database_name = 'warehouse' and t.schema_name = 'main' order by t.table_name, c.column_index"""
    about: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    for row in asked(connection, statement):
        about[row["table_name"]] = row["about"] or ""
        columns.setdefault(row["table_name"], {})[row["column_name"]] = row["comment"] or ""
    return {
        table: {"table": about[table], "columns": json.dumps(said, ensure_ascii=False)}
        for table, said in columns.items()
    }
