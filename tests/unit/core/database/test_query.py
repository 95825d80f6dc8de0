from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from gci.core.database.query import query
from gci.core.errors import TryAgain


def test_rows_come_as_dictionaries() -> None:
    assert query("select ? as edition, 1 as vintage", "a test", ["2024"]) == [{"edition": "2024", "vintage": 1}]


def test_a_file_is_only_read_and_free_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "it's here.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table states as select 'EST' as iso3")
    assert query("from states", "the states", database=file) == [{"iso3": "EST"}]
    with pytest.raises(TryAgain, match="read-only"):
        query("delete from states", "the states", database=file)
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("select count(*) from states").fetchone() == (1,)


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    file, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    for path, value in ((file, 1), (other, 2)):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create table held as select {value} as value")
    assert query("from held", "the value", database=file) == [{"value": 1}]
    other.replace(file)
    assert query("from held", "the value", database=file) == [{"value": 2}]


def test_an_error_names_purpose_file_and_statement(tmp_path: Path) -> None:
    with pytest.raises(TryAgain) as caught:
        query("from nowhere", "the answers of 2024", database=tmp_path / "none.duckdb")
    for part in ("the answers of 2024", "none.duckdb", "from nowhere", "Nothing was changed"):
        assert part in str(caught.value)
