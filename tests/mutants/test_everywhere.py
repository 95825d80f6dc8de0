"""One small change in every column of every table at once: each is told of, with its row, whatever the others do.

The changes of tests/mutants/cells.py are plain to see. These are those that nobody sees who looks at a table: a drift,
a zero with a sign, a letter of another alphabet, an empty text for none, the digest of another file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from gci.gates.suite import Table
from mutants.cells import ONLY_BY_COMPARISON, Cell, declared
from mutants.good import good
from mutants.spoil import stopped_by

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Way:
    """A change that fits columns of some types.

    Attributes:
        types: of the columns.
        value: SQL of the new value; `{0}` is the column, `{1}` its table.
        where: SQL of the rows that it is possible in.
        before: SQL of a value that the cell gets first.
        only: the end of the names of the columns.
        stays: SQL of what the file must say of the cell afterwards, where DuckDB may write something else.
    """

    types: tuple[str, ...]
    value: str
    where: str = "{0} is not null"
    before: str = ""
    only: str = ""
    stays: str = "true"


WAYS = {
    "a drift": Way(("DOUBLE",), "{0} + 1e-9"),
    # DuckDB leaves a zero as it is where it should become another zero, and some of its codings write both alike.
    "a zero with a sign": Way(("DOUBLE",), "'-0.0'::double", "{0} = 0", "13", stays="signbit({0})"),
    "the least number for zero": Way(("DOUBLE",), "5e-324", "{0} = 0"),
    "a thousandfold": Way(("DOUBLE", "INTEGER", "BIGINT"), "{0} * 1000", "{0} between 1 and 2000000"),
    "a day later": Way(("DATE", "TIMESTAMP"), "{0} + interval 1 day"),
    "ten years before": Way(("DATE", "TIMESTAMP"), "{0} - interval 10 year"),
    "a letter of another alphabet": Way(("VARCHAR",), "replace({0}, 'a', 'а')", "{0} like '%a%'"),
    "a letter in two characters": Way(("VARCHAR",), "{0} || '\u0301'"),
    "a blank behind": Way(("VARCHAR",), "{0} || ' '"),
    "a blank that does not show": Way(("VARCHAR",), "{0} || '\u200b'"),
    "an empty text for none": Way(("VARCHAR",), "''", "{0} is null"),
    "in capitals": Way(("VARCHAR",), "upper({0})", "{0} != upper({0})"),
    "the digest of another file": Way(
        ("VARCHAR",), "(select max(other.{0}) from {1} as other where other.{0} != {1}.{0})", only="digest"
    ),
}


def cells_of(connection: duckdb.DuckDBPyConnection, table: Table, way: Way, how: str) -> Iterator[Cell]:
    """A cell for each column that the way fits, each in a row of its own as far as there are rows."""
    taken: set[tuple[str, ...]] = set()
    key = ", ".join(f'"{name}"::varchar' for name in table.key)
    out = {one for (one,) in connection.execute("select edition from editions where vintage is not null").fetchall()}
    for column in table.columns:
        if column.type not in way.types or not column.name.endswith(way.only):
            continue
        name = f'"{column.name}"'
        where = way.where.format(name)
        rows = connection.execute(f'select {key} from "{table.name}" where {where} order by all desc').fetchall()
        free = [row for row in rows if row not in taken]
        if free and connection.execute(f'select count(distinct {name}) from "{table.name}"').fetchone() != (1,):
            taken.add(free[0])
            named = tuple(zip(table.key, free[0], strict=True))
            value = way.value.format(name, f'"{table.name}"')
            yield Cell(
                table.name, column.name, named, value, how, dict(named).get("edition", next(iter(out))) not in out
            )


def _row(cell: Cell) -> str:
    return " and ".join(f"\"{name}\" = '{value}'" for name, value in cell.key)


def _stays(connection: duckdb.DuckDBPyConnection, cell: Cell, way: Way) -> bool:
    """Whether the file holds the change: a row that it has no more, by its new key, does."""
    held = way.stays.format(f'"{cell.column}"')
    found = connection.execute(f'select {held} from "{cell.table}" where {_row(cell)}').fetchone()
    return found is None or bool(found[0])


@pytest.mark.parametrize("how", WAYS)
def test_a_change_that_nobody_sees_is_told_of_wherever_it_is(how: str, tmp_path: Path) -> None:
    file = tmp_path / "spoilt.duckdb"
    shutil.copyfile(good().published, file)
    way = WAYS[how]
    with duckdb.connect(str(file)) as connection:
        cells = [cell for table in declared().values() for cell in cells_of(connection, table, way, how)]
        for cell in cells:
            if way.before:
                connection.execute(f'update "{cell.table}" set "{cell.column}" = {way.before} where {_row(cell)}')
            connection.execute(cell.sql)
    with duckdb.connect(str(file), read_only=True) as connection:
        cells = [cell for cell in cells if _stays(connection, cell, way)]
    told = [failure for failures in stopped_by(file).values() for failure in failures]
    assert len(cells) >= 3
    passed = [
        cell.name
        for cell in cells
        if not any(failure.table == cell.table and cell.is_about_its_row(failure) for failure in told)
    ]
    assert passed == []


def test_what_only_an_earlier_file_tells_is_few() -> None:
    assert len(ONLY_BY_COMPARISON) <= 20
