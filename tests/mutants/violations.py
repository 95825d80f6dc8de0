"""Rows that break what the suites say of single columns: one row for each check."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb

from gci.gates.checks import checks_of
from gci.gates.suite import Column, Table

# One of these is no match for any expression of the suites.
ODD_TEXTS = ("/", " ", "")


def violations(table: Table) -> Iterator[tuple[str, str, str]]:
    """(check, column, SQL expression): a value of the column that breaks the check and fits the type."""
    columns = {column.name: column for column in table.columns}
    for check in checks_of(table):
        if check.column is not None:
            yield check.name, check.column, _value(check.name.rpartition(".")[2], columns[check.column])


def _value(kind: str, column: Column) -> str:
    if kind == "not_null":
        return "null"
    if kind == "one_of":
        return "false" if column.type == "BOOLEAN" else "'zzz'"
    if kind == "like":
        assert column.like is not None
        return next(f"'{text}'" for text in ODD_TEXTS if not re.fullmatch(column.like, text))
    return "'nan'" if column.type == "DOUBLE" else str(int(column.between[1]) + 1 if column.between else 0)


def add_violations(connection: duckdb.DuckDBPyConnection, source: str, table: Table) -> list[str]:
    """Add a row for each check to the table `source`, which must have no constraints; gives the checks.

    Every row is a copy of the table's first one, which is doubled as well and so breaks the check of the key.
    In a table without rows there is nothing in it but what breaks its check, and no key to break.
    """
    names = [name for name, *_ in connection.execute(f"describe {source}").fetchall()]
    connection.execute(f"create temp table model as from {source} limit 1")
    has_rows = bool(connection.execute("from model").fetchall())
    if not has_rows:
        connection.execute(f"insert into model values ({', '.join('null' for _ in names)})")
    checks = []
    for check, column, value in violations(table):
        cells = ", ".join(f'{value} as "{name}"' if name == column else f'"{name}"' for name in names)
        connection.execute(f"insert into {source} select {cells} from model")
        checks.append(check)
    connection.execute(f"insert into {source} from model")
    connection.execute("drop table model")
    return [*checks, f"{table.name}.key"] if has_rows else checks
