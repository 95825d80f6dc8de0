"""One CSV file per table: UTF-8, LF, quoted where needed, null as nothing, an empty text as "".

Doubles are written in the shortest form that reads back as the same double. A text cell that a spreadsheet would take
for a formula (it starts with = + - @, a tab or a line end) gets an apostrophe in front; so does one that starts with an
apostrophe, so that taking one leading apostrophe away gives the text back. Parquet and DuckDB hold
the texts as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import columns, quoted

if TYPE_CHECKING:
    import duckdb

_LIKE_A_FORMULA = r"^[=+\-@\t\r\n'']"


def write(connection: duckdb.DuckDBPyConnection, table: str, rows: str, target: Path) -> None:
    """Write `rows` of `table` to `target`.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        table: the table, whose columns are written in their order.
        rows: what follows the list of columns in the statement: from, where, order by.
        target: the file to make.
    """
    listed = ", ".join(_cell(column, kind) for column, kind in columns(connection, table).items())
    connection.execute(
        f"copy (select {listed} {rows}) to {quoted(str(target))} (format csv, header, delimiter ',', nullstr '')"
    )


def _cell(column: str, kind: str) -> str:
    """The column as it is written."""
    if kind != "VARCHAR":
        return f'"{column}"'
    return (
        f"""case when regexp_matches("{column}", '{_LIKE_A_FORMULA}') then '''' || "{column}" else "{column}" end"""
        f' as "{column}"'
    )
