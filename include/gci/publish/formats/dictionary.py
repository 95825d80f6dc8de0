"""The declaration that every format of a release is made from: tables, columns, types, comments, units, code lists.

Names, types, keys and comments are those of the catalogue of the file itself; which values there may be is what the
gate `built` holds (expectations/built.yml); units stand in units.yml beside this module, names of codes in the table
`labels`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from gci.core.database.warehouse_file import keys, rows
from gci.core.gates import BUILT
from gci.core.lines import tables_of
from gci.core.paths import EXPECTATIONS
from gci.publish.formats.needs import met

if TYPE_CHECKING:
    import duckdb

    from gci.gates.suite import Column as Held

_UNITS = Path(__file__).with_name("units.yml")
_KINDS = {"pillar": "concept", "dimension": "concept"}
"""Kind of label by column, where it is not the column's own name."""
_LISTED_IN = {
    "edition": "editions.edition",
    "iso3": "member_states.iso3",
    "node": "framework.node",
    "item": "framework.node",
    "indicator": "framework.node",
}
"""Where the codes of a column have rows of their own."""
NUMBERS = ("DOUBLE", "INTEGER", "BIGINT", "DOUBLE[]")


@dataclass(frozen=True)
class Code:
    """A value that a column may have, and its name where it has one."""

    code: str
    label: str | None


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: its name.
        type: the DuckDB type.
        about: the comment: what it says.
        unit: what it is counted in, in words; None where it is not counted.
        optional: whether it may be missing.
        codes: the values that there may be; empty where they are not listed.
        listed_in: table and column in which its codes are explained.
        least: no value is below it.
        greatest: no value is above it.
    """

    name: str
    type: str
    about: str
    unit: str | None
    optional: bool
    codes: tuple[Code, ...]
    listed_in: str | None
    least: float | None
    greatest: float | None

    @property
    def counted_or_coded(self) -> str | None:
        """For people: its unit, its codes, or where they are listed."""
        if self.codes:
            named = (one.code if one.label in (None, one.code) else f"{one.code} ({one.label})" for one in self.codes)
            return ", ".join(named)
        return self.unit or (f"see {self.listed_in}" if self.listed_in else None)


@dataclass(frozen=True)
class Table:
    """One table: its comment begins with what a row is."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def dictionary(connection: duckdb.DuckDBPyConnection, line: str) -> tuple[Table, ...]:
    """The tables that a release has the rows of, in the order of their names.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        line: an edition, or the partner line (gci.core.lines).
    """
    from gci.gates.suite import load_suite

    held = {table.name: table for table in load_suite(BUILT, EXPECTATIONS).tables}
    labels = _labels(connection)
    of_key = keys(connection)
    found: dict[str, list[Column]] = {}
    about: dict[str, str] = {}
    for row in rows(connection, _CATALOGUE):
        name = row["table_name"]
        declared = {one.name: one for one in held[name].columns} if name in held else {}
        about[name] = row["table_about"] or ""
        column = _column(name, row, declared.get(row["column_name"]), labels, of_key[name])
        found.setdefault(name, []).append(column)
    return tuple(Table(one, about[one], tuple(of_key[one]), tuple(found[one])) for one in tables_of(line, found))


_CATALOGUE = """
select t.table_name, t.comment as table_about, c.column_name, c.data_type, c.comment, c.is_nullable
from duckdb_tables() as t join duckdb_columns() as c using (database_name, schema_name, table_name)
where t.database_name = 'warehouse' and t.schema_name = 'main'
order by t.table_name, c.column_index"""


def _column(
    table: str, row: dict[str, Any], held: Held | None, labels: dict[tuple[str, str], str], key: list[str]
) -> Column:
    name, kind = row["column_name"], row["data_type"]
    listed = tuple(Code(str(one), labels.get((_KINDS.get(name, name), str(one)))) for one in _values(held))
    least, greatest = held.between if held and held.between else (None, None)
    return Column(
        name=name,
        type=kind,
        about=row["comment"] or "",
        unit=unit(table, name, is_further=held is None) if kind in NUMBERS else None,
        optional=name not in key and (held is None or held.optional),
        codes=listed if kind == "VARCHAR" else (),
        listed_in=None if listed else _LISTED_IN.get(name),
        least=least,
        greatest=greatest,
    )


def _values(held: Held | None) -> tuple[Any, ...]:
    return (held.one_of or ()) if held else ()


def unit(table: str, column: str, *, is_further: bool = False) -> str | None:
    """What the numbers of a column are counted in, in words.

    Args:
        table: the table.
        column: the column.
        is_further: whether it is one of the columns that a wide table has for its indicators.

    Returns:
        None where they are not counted, as a tier is not; empty where units.yml does not know the column.
    """
    names, of = _units()
    asked = [f"{table}.*"] * is_further + [f"{table}.{column}", column]
    found = next((one for one in asked if one in of), None)
    if found is None:
        return ""
    code = of[found]
    return names[code] if code else None


@cache
def _units() -> tuple[dict[str, str], dict[str, str | None]]:
    document = yaml.safe_load(_UNITS.read_text(encoding="utf-8"))
    return document["units"], document["columns"]


def _labels(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """English names by kind and code."""
    if not met(connection, {"labels": ("kind", "code", "language", "label")}):
        return {}
    found = rows(connection, "select kind, code, label from labels where language = 'en' order by all")
    return {(row["kind"], row["code"]): row["label"] for row in found}
