"""A corruption for every column of every table: one cell gets another value that its type and domain allow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

from gci.gates.suite import GATES, Column, Table, load_suite
from gci.paths import EXPECTATIONS
from mutants.corruptions import Corruption

# Nothing but the earlier file says what was there: who signed what and when, and how the gates came out.
# The next vintage is what a candidate has.
ONLY_BY_COMPARISON = {
    "editions.vintage",
    *(f"releases.{name}" for name in ("published_at", "signed_by", "signed_at", "sign_off_note", "sign_off_via")),
    *(f"releases.{name}" for name in ("candidate_digest", "inputs_digest", "content_digest", "code_version")),
    *(f"releases.{name}" for name in ("returns", "reviews")),
    *(f"gate_results.{name}" for name in ("check_name", "table_name", "column_name", "message")),
}


@cache
def declared() -> dict[str, Table]:
    """The tables as the suite has them."""
    return {table.name: table for table in load_suite("built", EXPECTATIONS).tables}


@cache
def compared(table: str, column: str) -> tuple[str, ...]:
    """The checks that hold this column of the table against another table, cell by cell."""
    return tuple(
        rule.name
        for gate in GATES
        for rule in load_suite(gate, EXPECTATIONS).rules
        if rule.compared_with and rule.table == table and column not in rule.left_out
    )


def cells(file: Path) -> Iterator[Corruption]:
    """One corruption per column of the file, and more that set or remove a value where none is required."""
    with duckdb.connect(str(file), read_only=True) as connection:
        for name, table in sorted(declared().items()):
            known = {column.name: column for column in table.columns}
            for column, kind, *_ in connection.execute(f'describe "{name}"').fetchall():
                said = known.get(column, Column(column, kind, optional=True, between=(0, 1)))
                yield from _of_column(connection, table, said)


def _of_column(connection: duckdb.DuckDBPyConnection, table: Table, column: Column) -> Iterator[Corruption]:
    full = _a_row(connection, table, f'"{column.name}" is not null')
    empty = _a_row(connection, table, f'"{column.name}" is null')
    if full is not None:
        yield _set(table, column, full, _another(column, in_key=column.name in table.key), "changed")
    if full is not None and column.optional:
        yield _set(table, column, full, "null", "emptied")
    if empty is not None:
        yield _set(table, column, empty, _first_value(column), "filled")


def _set(table: Table, column: Column, row: str, value: str, how: str) -> Corruption:
    place = f"{table.name}.{column.name}"
    sql = f'update "{table.name}" set "{column.name}" = {value} where {row}'
    by_comparison = place in ONLY_BY_COMPARISON and how == "changed"
    return Corruption(f"{place} {how}", sql, compared(table.name, column.name), by_comparison)


def _a_row(connection: duckdb.DuckDBPyConnection, table: Table, which: str) -> str | None:
    """A condition for one row of the table: the one in the middle of those that fulfil `which`."""
    key = ", ".join(f'"{name}"' for name in table.key)
    rows = connection.execute(f'select {key} from "{table.name}" where {which} order by {key}').fetchall()
    if not rows:
        return None
    middle = zip(table.key, rows[len(rows) // 2], strict=True)
    return " and ".join(f"\"{name}\" = '{value}'" for name, value in middle)


def _another(column: Column, *, in_key: bool) -> str:
    """Another value, of the domain where that does not make a key twice."""
    name = f'"{column.name}"'
    if column.one_of and column.one_of != (True,) and not in_key:
        first, second = (f"'{value}'" for value in column.one_of[:2])
        return f"if({name} = {first}, {second}, {first})"
    last, other = ("f", "e") if column.name.endswith("digest") else ("z", "y")
    if column.name.endswith("edition"):
        return "'2099'"
    return {
        "DOUBLE": f"{name} * 0.5 + 0.001",
        "INTEGER": f"{name} + 1",
        "BIGINT": f"{name} + 1",
        "BOOLEAN": f"not {name}",
        "DATE": f"{name} + 1",
        "TIMESTAMP": f"{name} + interval 1 second",
        "VARCHAR": f"left({name}, -1) || if(right({name}, 1) = '{last}', '{other}', '{last}')",
    }[column.type]


def _first_value(column: Column) -> str:
    if column.one_of:
        return f"'{column.one_of[0]}'"
    values = {"DOUBLE": "0", "INTEGER": "1", "BOOLEAN": "true", "DATE": "date '2020-01-01'", "VARCHAR": "'x'"}
    return "repeat('a', 64)" if column.name.endswith("digest") else values[column.type]
