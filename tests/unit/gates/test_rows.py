"""A table in parts: every row is in one of them, rows of one key are together, and a gate finds the same in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from gci.gates.rows import read_parts, write_rows
from gci.gates.suite import Column, Table

TABLE = Table(
    "scores",
    "one row per state and year",
    ("iso3", "year"),
    (
        Column("iso3", "VARCHAR", like="[A-Z]{3}"),
        Column("year", "INTEGER"),
        Column("score", "DOUBLE", optional=True, between=(0, 100)),
    ),
)
# 264 rows in the order of the key; among them a key four times over, one missing, six scores out of range and a NaN.
ROWS = """
select * from (
    select
        chr(65 + (i % 26)::int) || chr(65 + (i // 26)::int) || 'C' as iso3,
        2024 as year,
        case when i % 50 = 7 then 100.5 + i when i = 33 then 'nan' else i / 3 end::double as score
    from range(260) as numbers (i)
    union all
    select 'AAC', 2024, 1 from range(3)
    union all
    select null, 2024, 1
)
order by iso3, year, score
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "scores.arrow"
    with duckdb.connect() as connection:
        write_rows(connection.execute(ROWS).to_arrow_reader(7), place)
    return place


@pytest.mark.parametrize("size", [1, 3, 10, 263, 264, 265, 10_000])
def test_parts_are_the_rows_in_their_order(file: Path, size: int) -> None:
    whole = pa.concat_tables(read_parts(file, ("iso3", "year"), 10_000))
    parts = list(read_parts(file, ("iso3", "year"), size))
    assert str(pa.concat_tables(parts).to_pylist()) == str(whole.to_pylist())  # as text: a NaN equals no other
    assert len(parts) > 1 or size > 250


@pytest.mark.parametrize("size", [1, 3, 10])
def test_no_key_is_in_two_parts(file: Path, size: int) -> None:
    keys = [
        {tuple(row.values()) for row in part.select(["iso3", "year"]).to_pylist()}
        for part in read_parts(file, ("iso3", "year"), size)
    ]
    assert sum(len(one) for one in keys) == len(set().union(*keys))


def test_a_table_without_rows_is_one_part(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        write_rows(connection.execute("select 1 as a where false").to_arrow_reader(7), tmp_path / "none.arrow")
    (part,) = read_parts(tmp_path / "none.arrow", ("a",))
    assert (part.num_rows, part.column_names) == (0, ["a"])


def test_without_its_key_a_table_is_cut_anywhere(file: Path) -> None:
    assert [part.num_rows for part in read_parts(file, ("gone",), 100)][:2] == [105, 105]


@pytest.mark.parametrize("size", [1, 10, 100])
def test_a_gate_finds_the_same_in_parts(file: Path, size: int) -> None:
    from gci.gates.gx_runner import Examiner

    began = datetime(2026, 1, 1, tzinfo=UTC)
    whole = Examiner("built", began).table(TABLE, read_parts(file, TABLE.key))
    parts = Examiner("built", began).table(TABLE, read_parts(file, TABLE.key, size))
    assert parts == whole
    assert {check.check: check.rows for check in whole.results if not check.passed} == {
        "scores.key": 4,
        "scores.iso3.not_null": 1,
        "scores.score.between": 7,
    }


def test_what_concerns_the_whole_table_is_said_once(file: Path) -> None:
    from gci.gates.gx_runner import Examiner

    longer = Table("scores", "", ("iso3", "year"), (*TABLE.columns, Column("rank", "INTEGER")))
    told = Examiner("built", datetime(2026, 1, 1, tzinfo=UTC)).table(longer, read_parts(file, longer.key, 10))
    assert [one.found for one in told.failures if one.check == "scores.columns"] == ["iso3, year, score"]
    assert sum(one.check == "scores.rank.not_null" for one in told.failures) == 1
