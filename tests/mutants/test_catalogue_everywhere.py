"""Every table made once more with another catalogue and the same rows, all in one file: each is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import DataFolders
from mutants.good import good
from mutants.test_closed import _stopped, suites

__all__ = ["suites"]
pytestmark = pytest.mark.slow

RULE = "catalogue_is_the_declared_one"
WIDER = {
    "INTEGER": "BIGINT",
    "BIGINT": "HUGEINT",
    "DOUBLE": "DECIMAL(38,18)",
    "DATE": "TIMESTAMP",
    "BOOLEAN": "VARCHAR",
}


def _first_column(statement: str) -> tuple[str, str]:
    """The first column of a table that is no part of what follows in brackets: its text, and its name."""
    inside = statement[statement.index("(") + 1 :]
    column = re.match(r'\s*("[^"]+"|\w+) [A-Z0-9_]+(\([0-9, ]+\))?( NOT NULL)?', inside)
    assert column is not None, statement
    return column[0], column[1]


def _with(statement: str, what: str) -> str:
    column, _ = _first_column(statement)
    return statement.replace(column, f"{column} {what}", 1)


def _reordered(statement: str) -> str:
    """The first two columns in each other's place."""
    first, _ = _first_column(statement)
    second, _ = _first_column("(" + statement[statement.index(first) + len(first) + 1 :])
    return statement.replace(f"{first},{second}", f"{second.strip()}, {first}", 1)


def _wider(statement: str) -> str:
    """The last type that has a wider one."""
    found = list(re.finditer(r" (INTEGER|BIGINT|DOUBLE|DATE|BOOLEAN)\b", statement))
    if not found:
        return statement.replace(" VARCHAR", " BLOB", 1)
    last = found[-1]
    return f"{statement[: last.start()]} {WIDER[last[1]]}{statement[last.end() :]}"


def _renamed(statement: str) -> str:
    """A letter of the last column's name in another alphabet."""
    name = [one for one in re.findall(r'[(,]\s*("[^"]+"|\w+) (?:[A-Z])', statement) if "o" in one or "e" in one][-1]
    alike = name.strip('"').replace("o", "о", 1) if "o" in name else name.strip('"').replace("e", "е", 1)
    return re.sub(rf"([(,\s]){name}(?=[ ,)])", rf'\g<1>"{alike}"', statement)


STATEMENTS: dict[str, Callable[[str], str]] = {
    "columns in another order": _reordered,
    "a wider type": _wider,
    "a default": lambda statement: _with(statement, "DEFAULT 'x'"),
    "a collation": lambda statement: statement.replace(" VARCHAR", " VARCHAR COLLATE NOCASE", 1),
    "a check": lambda statement: _with(statement, "CHECK (true)"),
    "a column of more than one use": lambda statement: _with(statement, "UNIQUE"),
    "no key": lambda statement: re.sub(r",\s*PRIMARY KEY\s*\([^)]*\)", "", statement),
    "a key in another order": lambda statement: re.sub(
        r"PRIMARY KEY\s*\(([^,)]+),\s*([^,)]+)", r"PRIMARY KEY(\2, \1", statement
    ),
    "a letter of another alphabet in a name": _renamed,
}
COMMENTS = {
    "a table without its comment": "comment on table {table} is null",
    "a column without its comment": "comment on column {table}.{first} is null",
    "a comment with a blank more": "comment on column {table}.{first} is '{said} '",
    "comments of two columns swapped": "comment on column {table}.{first} is '{other}'; "
    "comment on column {table}.{second} is '{said}'",
}


def _held(file: Path, suites: Path, tmp_path: Path) -> str:
    return _stopped(file, suites, DataFolders(tmp_path / "nothing")).get(RULE, "")


@pytest.mark.parametrize("how", STATEMENTS)
def test_a_table_made_otherwise_is_named(how: str, suites: Path, tmp_path: Path) -> None:
    file = tmp_path / "spoilt.duckdb"
    shutil.copyfile(good().published, file)
    made = []
    with duckdb.connect(str(file)) as connection:
        for table, statement in connection.execute("select table_name, sql from duckdb_tables()").fetchall():
            other = STATEMENTS[how](statement)
            if other == statement:
                continue
            made.append(table)
            connection.execute(f'create temp table kept as from "{table}"; drop table "{table}"')
            connection.execute(other)
            names = [name for name, *_ in connection.execute(f'describe "{table}"').fetchall()]
            by_name = "by name" if set(names) == _columns(connection, "kept") else ""
            # Where the rows do not fit what the table says now, it stays empty, and is named all the same.
            with suppress(duckdb.Error):
                connection.execute(f'insert into "{table}" {by_name} from kept')
            connection.execute("drop table kept")
    said = _held(file, suites, tmp_path)
    assert len(made) >= 10
    assert [table for table in made if f"main.{table}" not in said] == []


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {name for name, *_ in connection.execute(f"describe {table}").fetchall()}


@pytest.mark.parametrize("how", COMMENTS)
def test_another_comment_is_named(how: str, suites: Path, tmp_path: Path) -> None:
    file = tmp_path / "spoilt.duckdb"
    shutil.copyfile(good().published, file)
    changed = []
    with duckdb.connect(str(file)) as connection:
        listed = connection.execute(
            "select table_name, list(column_name order by column_index), list(comment order by column_index) "
            "from duckdb_columns() where not internal group by all"
        ).fetchall()
        for table, names, comments in listed:
            said, other = (text.replace("'", "''") for text in comments[:2])
            words = {"table": f'"{table}"', "first": f'"{names[0]}"', "second": f'"{names[1]}"'}
            connection.execute(COMMENTS[how].format(**words, said=said, other=other))
            changed.append(table if "a table" in how else f"{table}.{names[0]}")
    said = _held(file, suites, tmp_path)
    assert [name for name in changed if name not in said] == []


MORE = {
    "a view among views": ("create schema views; create table views.one as select 1 as i", "views.one"),
    "a macro in place of a function of texts": ("create macro lower(x) as x", "main.lower"),
    "a macro with a default": ("create macro median(x, y := 0) as y", "main.median"),
    "a table of a name beside": ('create table "overall_scores " as from overall_scores', "main.overall_scores "),
    "a table of a name in another alphabet": (
        'create table "overаll_scores" as from overall_scores',
        "main.overаll_scores",
    ),
    "an empty table": ("create table notes (note varchar)", "main.notes"),
    "a unique index": ("create unique index one on overall_scores (edition, iso3)", "main.one"),
    "an index on what is computed": ("create index two on answers (lower(iso3))", "main.two"),
    "a sequence as a default": (
        "create sequence places; alter table answers alter comment set default nextval('places')",
        "main.places",
    ),
    "a type that hides another": ('create type "DOUBLE PRECISION" as varchar', "main.DOUBLE PRECISION"),
    "a type of several fields": ("create type pair as struct(a integer, b integer)", "main.pair"),
    "a comment on a type's table": ("comment on table editions is 'Editions.'", "editions"),
    "a comment on a macro": ("create macro f(x) as x; comment on macro f is 'x'", "main.f"),
}


@pytest.mark.parametrize("how", MORE)
def test_what_else_a_file_may_hold_is_named(how: str, suites: Path, tmp_path: Path) -> None:
    sql, named = MORE[how]
    file = tmp_path / "spoilt.duckdb"
    shutil.copyfile(good().published, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(sql)
    assert named in _held(file, suites, tmp_path)
