"""Puts rows that Python has into a table on the bench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, fields: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert many rows at once, as text that DuckDB casts; row by row would take a second for a few hundred.

    What cannot be cast becomes null: the checks of the table then say that a value is missing.
    """
    if not rows:
        return
    import pyarrow as pa

    texts = [[None if value is None else str(value) for value in column] for column in zip(*rows, strict=True)]
    incoming = pa.table({name: pa.array(column, pa.string()) for name, column in zip(fields, texts, strict=True)})
    types = dict(connection.execute(f"select column_name, column_type from (describe {table})").fetchall())
    casts = ", ".join(f'try_cast("{name}" as {types[name]}) as "{name}"' for name in fields)
    connection.register("incoming", incoming)
    connection.execute(f"insert into {table} by name select {casts} from incoming")
    connection.unregister("incoming")
