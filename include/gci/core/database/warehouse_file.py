"""The published DuckDB file, written anew from a candidate so that the same marts give the same bytes.

DuckDB's own file is not repeatable: several threads lay out its blocks, FSST builds its symbol table from a random
sample, and unused parts of blocks carry whatever the memory held. Hence one thread writes the file, in key order and
without FSST, in a process of its own whose allocators hand out zeroed memory. Measured on DuckDB 1.5.5; it also keeps
stray memory out of what is published. The storage version is that of DuckDB 1.2.0, which opens the file
(tests/compatibility).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.atomic_file import write_ahead_log
from gci.core.database.connection import connect
from gci.core.errors import Blocked, TryAgain

if TYPE_CHECKING:
    import duckdb

STORAGE_VERSION = "v1.2.0"
BLOCK_SIZE = 16384
"""The smallest that DuckDB knows. Each key takes blocks of its own, so that 262144, the default, makes 12 MB of 3."""
MOST_ROWS = 20_000_000
"""Rows of one table that a gate reads: a hundred times those of a real edition, and some."""
Rows = Sequence[Mapping[str, Any]]

_ZEROED = {
    "DUCKDB_JE_MALLOC_CONF": "zero:true",  # the allocator inside DuckDB's Linux builds
    "MALLOC_PERTURB_": "255",  # glibc, where DuckDB is built without its own: fills with the complement, 0
}


def write(
    source: Path,
    target: Path,
    added: Mapping[str, Rows] | None = None,
    only: Collection[str] | None = None,
    beside: Path | None = None,
) -> None:
    """Write the tables of schema main of `source` into the new file `target`, with types, keys and comments.

    Args:
        source: a DuckDB file; it is only read.
        target: the file to make; its folder exists, it does not.
        added: rows that come on top, by table; values as JSON has them, timestamps as ISO 8601 in UTC without offset.
        only: the tables to write; all of them when not given.
        beside: another DuckDB file, of which those tables are written that are not written of `source`.

    Raises:
        TryAgain: when the file cannot be written (disk full, killed) or a row contradicts its table; the message is
            DuckDB's. What was written until then may lie at `target`.
    """
    order = {
        "source": str(source),
        "target": str(target),
        "added": {name: list(rows) for name, rows in (added or {}).items()},
        "only": sorted(only) if only is not None else None,
        "beside": str(beside) if beside is not None else None,
    }
    written = subprocess.run(
        [sys.executable, "-m", "gci.core.database.warehouse_file"],
        input=json.dumps(order),
        text=True,
        capture_output=True,
        env=os.environ | _ZEROED,
        check=False,
    )
    if written.returncode:
        said = written.stderr.strip().splitlines()
        raise TryAgain(f"{target.name} could not be written: {said[-1] if said else 'the writing process was killed'}.")


def reading(database: Path, name: str = "warehouse") -> duckdb.DuckDBPyConnection:
    """A connection with `database` attached read-only under `name` and in use: one thread, nothing from the network.

    It is an instance of its own, so that neither settings nor an older file of the same path can come from another
    connection of this process.

    Raises Blocked when a log of unfinished writes lies beside the file: DuckDB would read that as if it were in it.
    """
    if write_ahead_log(database).exists():
        raise Blocked(
            f"{database} has a log of unfinished writes beside it, {write_ahead_log(database).name}: whoever reads the "
            "file reads that too. Move the log away, then call again."
        )
    connection = engine()
    attach(connection, database, name)
    connection.execute(f"use {name}.main")
    return connection


def attach(connection: duckdb.DuckDBPyConnection, database: Path, name: str) -> None:
    """Attach `database` read-only under `name`."""
    connection.execute(f"attach {quoted(str(database))} as {name} (read_only)")


def evaluated(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
    """What in an attached file is computed when it is read, and so may be anything at any time; and what is endless.

    Asked before all else: the answer comes from texts and counts of the catalogue, nothing of the file is bound or run.

    Args:
        connection: where the file is attached.
        name: under which name.

    Returns:
        Object and what is wrong with it, for each view, each table with a generated column, and each table with more
        rows than a gate reads.
    """
    return connection.execute(
        f"""
        select concat_ws('.', schema_name, view_name) as object, 'a view: ' || left(sql, 200)
        from duckdb_views() where database_name = {quoted(name)} and not internal
        union all
        select concat_ws('.', schema_name, table_name), 'a generated column: ' || left(sql, 200)
        from duckdb_tables() where database_name = {quoted(name)} and contains(sql, ' GENERATED ALWAYS ')
        union all
        select concat_ws('.', schema_name, table_name), estimated_size || ' rows, of which a gate reads {MOST_ROWS}'
        from duckdb_tables() where database_name = {quoted(name)} and estimated_size > {MOST_ROWS}
        order by all
        """
    ).fetchall()


def tables(connection: duckdb.DuckDBPyConnection, name: str = "warehouse") -> dict[str, str]:
    """The tables in schema main of an attached database.

    Args:
        connection: with the database attached.
        name: what it is attached as.

    Returns:
        Table → the statement that makes it, by name.
    """
    return dict(_catalog(connection, "table_name, sql", "tables", name, order="table_name"))


def columns(connection: duckdb.DuckDBPyConnection, table: str, name: str = "warehouse") -> dict[str, str]:
    """The columns of a table.

    Args:
        connection: with the database attached.
        table: a table in its schema main.
        name: what the database is attached as.

    Returns:
        Column → type, in DuckDB's words and in the order of the table; empty where there is no such table.
    """
    of_table = f"and table_name = {quoted(table)}"
    return dict(_catalog(connection, "column_name, data_type", "columns", name, of_table, "column_index"))


def key(connection: duckdb.DuckDBPyConnection, table: str, name: str = "warehouse") -> list[str]:
    """The columns of a table's primary key; all its columns when it declares none."""
    of_table = f"and table_name = {quoted(table)} and constraint_type = 'PRIMARY KEY'"
    declared = _catalog(connection, "constraint_column_names", "constraints", name, of_table)
    return list(declared[0][0]) if declared else list(columns(connection, table, name))


def keys(connection: duckdb.DuckDBPyConnection, name: str = "warehouse") -> dict[str, list[str]]:
    """The key of every table in schema main.

    Returns:
        Table → columns of its primary key; of a table without one all its columns, in order.
    """
    key = "and constraint_type = 'PRIMARY KEY'"
    declared = dict(_catalog(connection, "table_name, constraint_column_names", "constraints", name, key))
    listed = _catalog(
        connection, "table_name, list(column_name order by column_index)", "columns", name, "group by all"
    )
    return {table: list(declared.get(table, columns)) for table, columns in listed}


def rows(connection: duckdb.DuckDBPyConnection, statement: str) -> list[dict[str, Any]]:
    """The rows of a statement.

    Returns:
        Per row: column → value; timestamps and dates as ISO 8601 text, the former in UTC.

    Raises:
        duckdb.Error: the statement fails.
    """
    result = connection.execute(statement)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in result.fetchall()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def in_key_order(connection: duckdb.DuckDBPyConnection, table: str, name: str = "warehouse") -> str:
    """The ORDER BY clause that makes the order of a table's rows the same everywhere."""
    return ordered(key(connection, table, name))


def ordered(key: Sequence[str]) -> str:
    """The ORDER BY clause of a key."""
    return "order by " + ", ".join(f'"{column}" nulls last' for column in key)


def quoted(value: str | int | float | None) -> str:
    """A value of JSON as a literal of SQL.

    Statements here carry no parameters: DuckDB imports pandas to look at the type of one, which costs a second.
    """
    if value is None:
        return "null"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)


def _catalog(
    connection: duckdb.DuckDBPyConnection, listed: str, of: str, name: str, where: str = "", order: str = "all"
) -> list[tuple[Any, ...]]:
    """Rows of duckdb_tables(), duckdb_columns() or duckdb_constraints() about schema main of a database."""
    return connection.execute(
        f"select {listed} from duckdb_{of}()"
        f" where database_name = {quoted(name)} and schema_name = 'main' {where} order by {order}"
    ).fetchall()


def engine() -> duckdb.DuckDBPyConnection:
    """A new DuckDB in memory: one thread, nothing from the network."""
    return connect(threads=1, autoload_known_extensions=False)


def _write(
    source: Path, target: Path, added: Mapping[str, Rows], only: Collection[str] | None, beside: Path | None
) -> None:
    """Do the work of `write`, in the process that was started for it."""
    connection = engine()
    connection.execute("set disabled_compression_methods = 'fsst,dict_fsst'")
    connection.execute(f"set temp_directory = {quoted(str(target.parent / '.spill'))}")
    attach(connection, source, "source")
    made = {table: ("source", sql) for table, sql in tables(connection, "source").items() if _is_in(table, only)}
    if beside is not None:
        attach(connection, beside, "beside")
        made |= {table: ("beside", sql) for table, sql in tables(connection, "beside").items() if table not in made}
    as_old = f"storage_version {quoted(STORAGE_VERSION)}, block_size {BLOCK_SIZE}"
    connection.execute(f"attach {quoted(str(target))} as target ({as_old})")
    connection.execute("use target.main")
    connection.execute("begin")
    for table, (name, statement) in sorted(made.items()):
        connection.execute(statement)
        order = in_key_order(connection, table, name)
        rows = _with_added(connection, table, name, added.get(table, ()))
        connection.execute(f'insert into target.main."{table}" select * from {rows} {order}')
        _comment(connection, table, name)
    connection.execute("commit")
    connection.execute("use memory.main")
    connection.execute("checkpoint target")
    connection.execute("detach target")
    connection.close()


def _is_in(table: str, only: Collection[str] | None) -> bool:
    return only is None or table in only


def _with_added(connection: duckdb.DuckDBPyConnection, table: str, name: str, added: Rows) -> str:
    """Where the rows of a table come from: the file itself, or a temporary table with the added rows on top."""
    if not added:
        return f'{name}.main."{table}"'
    both = f'temp."added to {table}"'
    connection.execute(f'create temp table "added to {table}" as from {name}.main."{table}"')
    for row in added:
        names = ", ".join(f'"{column}"' for column in row)
        values = ", ".join(quoted(value) for value in row.values())
        connection.execute(f"insert into {both} ({names}) values ({values})")
    return both


def _comment(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> None:
    """Carry over what the file says of a table and of its columns."""
    of_table = f"and table_name = {quoted(table)} and comment is not null"
    for (comment,) in _catalog(connection, "comment", "tables", name, of_table):
        connection.execute(f'comment on table target.main."{table}" is {quoted(comment)}')
    for column, comment in _catalog(connection, "column_name, comment", "columns", name, of_table):
        connection.execute(f'comment on column target.main."{table}"."{column}" is {quoted(comment)}')


def main() -> None:
    """Write one file as the order on stdin says; exit 1 with DuckDB's message when it cannot be done."""
    import duckdb

    order = json.load(sys.stdin)
    try:
        beside = Path(order["beside"]) if order["beside"] else None
        _write(Path(order["source"]), Path(order["target"]), order["added"], order["only"], beside)
    except (duckdb.Error, OSError) as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main()
