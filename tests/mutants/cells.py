"""Another value in every column of every table: which cells, what they get, and who must see it.

A gate run takes seconds, so that many cells are changed at once, each in a row of its own. What must stop a cell names
its row: a check that does so would do it as well if the other rows were as they should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from gci.core.gates import GATES
from gci.core.paths import EXPECTATIONS
from gci.core.records import Failure
from gci.gates.suite import Column, Table, load_suite

# Nothing but the earlier file says what was there: who signed what and when, and how the gates came out.
# The next vintage is what a candidate has.
ONLY_BY_COMPARISON = {
    "editions.vintage",
    "decisions.vintage",
    "revisions.class",
    "revisions.approver",
    *(f"releases.{name}" for name in ("published_at", "planned_for", "signed_by", "signed_at")),
    *(f"releases.{name}" for name in ("sign_off_note", "sign_off_via")),
    *(f"releases.{name}" for name in ("candidate_digest", "inputs_digest", "content_digest", "code_version")),
    *(f"releases.{name}" for name in ("returns", "reviews")),
    *(f"gate_results.{name}" for name in ("check_name", "table_name", "column_name", "message")),
}
HOW = ("changed", "emptied", "filled")


@dataclass(frozen=True)
class Cell:
    """One cell that gets another value.

    Attributes:
        key: the key of its row, as text.
        value: SQL of the new value.
        how: changed to another value, emptied, or filled where it was empty.
        is_not_out: whether its row is about an edition that is not published.
    """

    table: str
    column: str
    key: tuple[tuple[str, str], ...]
    value: str
    how: str
    is_not_out: bool = False

    @property
    def name(self) -> str:
        """The cell's column, and what was done to it."""
        return f"{self.table}.{self.column} {self.how}"

    @property
    def sql(self) -> str:
        """The statement that does it."""
        row = " and ".join(f"\"{name}\" = '{value}'" for name, value in self.key)
        return f'update "{self.table}" set "{self.column}" = {self.value} where {row}'

    @property
    def compared(self) -> tuple[str, ...]:
        """The checks that hold the column against another table, cell by cell."""
        return tuple(
            rule.name
            for gate in GATES
            for rule in load_suite(gate, EXPECTATIONS).rules
            if rule.compared_with and rule.table == self.table and self.column not in rule.left_out
            # An edition that is not out yet has no published rows that it could differ from.
            if not (self.is_not_out and rule.name.endswith(".stays_as_published"))
            # Without one of its editions, or with another vintage, the file has not the same vintages any more: other
            # checks say so.
            if not (self.says_the_vintages and rule.name == "editions.stays_without_a_new_vintage")
        )

    @property
    def says_the_vintages(self) -> bool:
        """Whether it is the name or the vintage of an edition where editions are listed."""
        return self.table == "editions" and self.column in ("edition", "vintage")

    @property
    def needs_the_earlier_file(self) -> bool:
        """Whether nothing else can see it."""
        return _needs_the_earlier_file(self.table, self.column, self.how)

    def is_named_by(self, failure: Failure) -> bool:
        """Whether the failure is about exactly this cell, or its whole row where the key has changed."""
        without_row = any(str(said).startswith("no row") for said in (failure.found, failure.expected))
        if failure.column != self.column and not without_row:
            return False
        return dict(self.key) == {name: str(value) for name, value in failure.keys.items()}

    def is_about_its_row(self, failure: Failure) -> bool:
        """Whether the failure's keys are those of the cell's row, as far as both have them; the cell itself aside."""
        key = dict(self.key)
        if set(key) == {self.column} and failure.column == self.column:
            return True  # nothing else names its row
        shared = failure.keys.keys() & key.keys() - {self.column} or failure.keys.keys() & key.keys()
        return bool(shared) and all(str(failure.keys[name]) == key[name] for name in shared)


def _needs_the_earlier_file(table: str, column: str, how: str) -> bool:
    place = f"{table}.{column}"
    return place in ONLY_BY_COMPARISON and (place != "editions.vintage" or how == "changed")


@cache
def declared() -> dict[str, Table]:
    """The tables as the suite has them."""
    return {table.name: table for table in load_suite("built", EXPECTATIONS).tables}


def rounds(file: Path, table: Table) -> list[list[Cell]]:
    """Every column of the table in each way that it allows; in one round no two cells are of one row."""
    with duckdb.connect(str(file), read_only=True) as connection:
        described = connection.execute(f'describe "{table.name}"').fetchall()
        known = {column.name: column for column in table.columns}
        columns = [known.get(name, Column(name, kind, True, (0, 1))) for name, kind, *_ in described]
        made: list[list[Cell]] = []
        for how in HOW:
            allowed = [column for column in columns if _allows(connection, table, column, how)]
            for apart in range(3):
                waiting = [column for column in allowed if _apart(table.name, column.name, how) == apart]
                made.extend(_rounds_of(connection, table, waiting, how))
    return made


def _apart(table: str, column: str, how: str) -> int:
    """Which cells may be changed together: what only the earlier file can see is not to be mixed with the rest."""
    if (table, column) == ("editions", "edition") or ((table, column) == ("editions", "vintage") and how != "changed"):
        return 2  # the file has not the same vintages then, and rules about files of the same ones ask nothing
    return int(_needs_the_earlier_file(table, column, how))


def _rounds_of(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: list[Column], how: str
) -> Iterator[list[Cell]]:
    while columns:
        cells = list(_one_round(connection, table, columns, how))
        yield cells
        done = {cell.column for cell in cells}
        columns = [column for column in columns if column.name not in done]


def _allows(connection: duckdb.DuckDBPyConnection, table: Table, column: Column, how: str) -> bool:
    return bool(_keys(connection, table, column, how)) and (how == "changed" or column.optional)


def _one_round(connection: duckdb.DuckDBPyConnection, table: Table, columns: list[Column], how: str) -> Iterator[Cell]:
    taken: set[tuple[Any, ...]] = set()
    out = {one for (one,) in connection.execute("select edition from editions where vintage is not null").fetchall()}
    for place, column in enumerate(columns, 1):
        free = [key for key in _keys(connection, table, column, how) if key not in taken]
        if free:
            key = free[place * len(free) // (len(columns) + 1)]
            taken.add(key)
            value = {"changed": _another(column, in_key=column.name in table.key), "emptied": "null"}
            row = tuple(zip(table.key, map(str, key), strict=True))
            is_not_out = dict(row).get("edition", next(iter(out))) not in out
            yield Cell(table.name, column.name, row, value.get(how) or _first_value(column), how, is_not_out)


def _keys(connection: duckdb.DuckDBPyConnection, table: Table, column: Column, how: str) -> list[tuple[Any, ...]]:
    key = ", ".join(f'"{name}"' for name in table.key)
    which = f'"{column.name}" is {"" if how == "filled" else "not"} null'
    return connection.execute(f'select {key} from "{table.name}" where {which} order by {key}').fetchall()


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
        "INTEGER": f"{name} + {1000 if in_key else 1}",
        "BIGINT": f"{name} + 1",
        "BOOLEAN": f"not {name}",
        "DATE": f"{name} + 1",
        "TIMESTAMP": f"{name} + interval 1 second",
        "DOUBLE[]": f"list_transform({name}, lambda one: one * 0.5 + 0.001)",
        "VARCHAR": f"left({name}, -1) || if(right({name}, 1) = '{last}', '{other}', '{last}')",
    }[column.type]


def _first_value(column: Column) -> str:
    if column.one_of:
        return f"'{column.one_of[0]}'"
    values = {
        "DOUBLE": "0",
        "DOUBLE[]": "[1.0]",
        "INTEGER": "1",
        "BOOLEAN": "true",
        "DATE": "date '2020-01-01'",
        "TIMESTAMP": "timestamp '2020-01-01 00:00:00'",
        "VARCHAR": "'x'",
    }
    return "repeat('a', 64)" if column.name.endswith("digest") else values[column.type]
