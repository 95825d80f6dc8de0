"""A change of any one cell, in every column of every table, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from mutants.cells import ONLY_BY_COMPARISON, cells, declared
from mutants.corruptions import Corruption
from mutants.good import good
from mutants.spoil import by_comparison, spoilt, stopped_by


@cache
def corruptions() -> dict[str, list[Corruption]]:
    """What is done to each table of the good file."""
    listed: dict[str, list[Corruption]] = {}
    for one in cells(good().published):
        listed.setdefault(one.name.split(".")[0], []).append(one)
    return listed


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted(declared()))
def test_any_changed_cell_is_refused(table: str, tmp_path: Path) -> None:
    passed, unseen, seen_by_less = [], [], []
    for one in corruptions()[table]:
        stopped = stopped_by(spoilt(one, good().published, tmp_path))
        if not stopped:
            passed.append(one.name)
        if one.by_comparison != all(by_comparison(check) for check in stopped):
            unseen.append(one.name)
        if not set(one.stopped_by) <= stopped.keys():
            seen_by_less.append((one.name, sorted(set(one.stopped_by) - stopped.keys())))
    assert not passed
    assert not unseen, "needs the earlier file and is not listed, or is listed and does not need it"
    assert not seen_by_less


@pytest.mark.slow
def test_every_column_has_its_corruption() -> None:
    with duckdb.connect(str(good().published), read_only=True) as connection:
        there = {f"{table}.{column}" for table, column in _columns(connection)}
    assert {one.name.split(" ")[0] for of_table in corruptions().values() for one in of_table} == there
    assert there >= ONLY_BY_COMPARISON


def _columns(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    yield from connection.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
