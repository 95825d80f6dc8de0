"""A change of any one cell, in every column of every table, is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from gci.core.records import Failure
from mutants.cells import ONLY_BY_COMPARISON, Cell, declared, rounds
from mutants.good import good
from mutants.spoil import by_comparison, stopped_by

pytestmark = pytest.mark.slow

OF_QUESTIONS = {"weight_allotments", "weight_spread"}
"""Tables that only an edition of questions fills (test_question_edition)."""


def _stopped(cells: list[Cell], folder: Path) -> dict[str, list[Failure]]:
    file = folder / "spoilt.duckdb"
    shutil.copyfile(good().published, file)
    with duckdb.connect(str(file)) as connection:
        for cell in cells:
            connection.execute(cell.sql)
    return stopped_by(file)


@pytest.mark.parametrize("table", sorted(declared()))
def test_any_changed_cell_is_refused(table: str, tmp_path: Path) -> None:
    for cells in rounds(good().published, declared()[table]):
        stopped = _stopped(cells, tmp_path)
        for cell in cells:
            named = {
                check
                for check, failures in stopped.items()
                if any(cell.is_about_its_row(failure) for failure in failures)
            }
            assert named, f"{cell.name} passed"
            # DuckDB takes a row whose key changes out and puts it in at the end, which whoever tampers can undo.
            alone = {check for check in named - {"rows_stand_in_key_order"} if not by_comparison(check)}
            assert bool(alone) != cell.needs_the_earlier_file, f"{cell.name} without the earlier file: {alone}"
            for check in cell.compared:
                assert any(map(cell.is_named_by, stopped.get(check, []))), f"{check} does not name {cell.name}"


def test_no_column_is_left_out() -> None:
    with duckdb.connect(str(good().published), read_only=True) as connection:
        there = connection.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
        tables = {table for table, _ in there}
        empty = {table for table in tables if connection.execute(f'from "{table}" limit 1').fetchone() is None}
    assert empty == OF_QUESTIONS
    held = {
        f"{cell.table}.{cell.column}"
        for table in declared().values()
        for cells in rounds(good().published, table)
        for cell in cells
    }
    assert held == {f"{table}.{column}" for table, column in there if table not in empty}
    assert held >= ONLY_BY_COMPARISON
