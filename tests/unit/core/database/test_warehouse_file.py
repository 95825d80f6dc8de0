"""The published file: what it carries over from a candidate, and that its bytes depend on the rows alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from gci.core.database import warehouse_file
from gci.core.errors import TryAgain
from small_candidate import digest

MARTS = """
create table scores (edition varchar not null, iso3 varchar, score double not null, tier integer, on_day date,
    moment timestamp, sure boolean, note varchar, primary key (edition, iso3));
create table keyless (name varchar, number bigint);
comment on table scores is 'One row per edition × state. It''s all there.';
comment on column scores.score is '0–100.';
create schema staging;
create table staging.hidden (i integer);
create view seen as select iso3 from scores;
"""


def candidate(file: Path, order: str = "r", threads: int = 4) -> Path:
    """A file with 40,000 rows, put in in the order that is asked for."""
    with duckdb.connect(str(file), config={"threads": threads}) as connection:
        connection.execute(MARTS)
        connection.execute(
            "insert into scores select (2000 + r % 20)::varchar, lpad((r // 20)::varchar, 5, '0'), sqrt(r), r % 5,"
            " date '2020-01-01' + (r % 900)::integer, timestamp '2020-01-01' + interval (r) minute, r % 3 = 0,"
            f" case when r % 7 > 0 then repeat('evidence ' || r, 4) end from range(40000) as t(r) order by {order}"
        )
        connection.execute("insert into keyless values ('b', 2), ('a', 1), ('b', null), (null, 3)")
    return file


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return candidate(tmp_path_factory.mktemp("candidate") / "candidate.duckdb")


@pytest.fixture(scope="module")
def written(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("written") / "gci.duckdb"
    warehouse_file.write(source, file)
    return file


def test_every_row_of_the_marts_is_there_and_nothing_else(source: Path, written: Path) -> None:
    with warehouse_file.reading(written) as connection:
        warehouse_file.attach(connection, source, "source")
        assert list(warehouse_file.tables(connection)) == ["keyless", "scores"]
        for table in ("scores", "keyless"):
            differing = connection.execute(
                f"(from warehouse.{table} except all from source.{table})"
                f" union all (from source.{table} except all from warehouse.{table})"
            )
            assert differing.fetchall() == []
        schemas = "select distinct schema_name from duckdb_tables() where database_name = 'warehouse'"
        assert connection.execute(schemas).fetchall() == [("main",)]


def test_types_keys_and_comments_are_the_candidate_s(source: Path, written: Path) -> None:
    asked = (
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where schema_name = 'main' and not internal and table_name <> 'seen' order by all",
        "select table_name, comment, sql from duckdb_tables() where schema_name = 'main' order by all",
        "select table_name, constraint_type, constraint_column_names from duckdb_constraints()"
        " where schema_name = 'main' order by all",
    )
    with duckdb.connect(str(source), read_only=True) as before, duckdb.connect(str(written), read_only=True) as after:
        for question in asked:
            assert after.execute(question).fetchall() == before.execute(question).fetchall()
        assert ("scores", "PRIMARY KEY", ["edition", "iso3"]) in after.execute(asked[2]).fetchall()


def test_rows_lie_in_the_order_of_the_key(written: Path) -> None:
    with warehouse_file.reading(written) as connection:
        keys = connection.execute("select edition, iso3 from scores").fetchall()
        assert keys == sorted(keys)
        assert connection.execute("from keyless").fetchall() == [("a", 1), ("b", 2), ("b", None), (None, 3)]


@pytest.mark.parametrize(
    "around",
    [
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "12345"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
    ],
    ids=lambda around: next(iter(around)),
)
def test_the_bytes_do_not_depend_on_what_is_around(
    around: dict[str, str], source: Path, written: Path, tmp_path: Path
) -> None:
    call = "import sys; from pathlib import Path; from gci.core.database.warehouse_file import write; "
    call += "write(Path(sys.argv[1]), Path(sys.argv[2]))"
    file = tmp_path / "again.duckdb"
    subprocess.run([sys.executable, "-c", call, str(source), str(file)], env=os.environ | around, check=True)
    assert digest(file) == digest(written)


@pytest.mark.parametrize(("order", "threads"), [("r desc", 1), ("hash(r)", 2), ("r", 8)])
def test_the_bytes_do_not_depend_on_how_the_candidate_was_written(
    order: str, threads: int, written: Path, tmp_path: Path
) -> None:
    file = tmp_path / "gci.duckdb"
    warehouse_file.write(candidate(tmp_path / "candidate.duckdb", order, threads), file)
    assert digest(file) == digest(written)


def test_one_processor_writes_the_same_bytes_as_all(source: Path, written: Path, tmp_path: Path) -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        warehouse_file.write(source, tmp_path / "one.duckdb")
    finally:
        os.sched_setaffinity(0, allowed)
    assert digest(tmp_path / "one.duckdb") == digest(written)


def test_the_candidate_is_only_read(source: Path, written: Path) -> None:
    before = digest(source)
    warehouse_file.write(source, written.with_name("second.duckdb"))
    assert digest(source) == before


def test_added_rows_come_in_where_their_key_belongs(source: Path, tmp_path: Path) -> None:
    row = {"edition": "2007", "iso3": "X'Y", "score": 1.5, "moment": "2026-01-02 03:04:05", "sure": True, "note": None}
    warehouse_file.write(source, tmp_path / "gci.duckdb", {"scores": [row]})
    with warehouse_file.reading(tmp_path / "gci.duckdb") as connection:
        keys = connection.execute("select edition, iso3 from scores").fetchall()
        assert keys == sorted(keys)
        assert len(keys) == 40001
        stamp = "select moment::varchar, sure, note, tier from scores where iso3 = 'X''Y'"
        assert connection.execute(stamp).fetchall() == [("2026-01-02 03:04:05", True, None, None)]


def test_a_row_that_contradicts_the_key_is_refused_with_its_value(source: Path, tmp_path: Path) -> None:
    row = {"edition": "2007", "iso3": "00000", "score": 1.0}
    twice = {"scores": [row | {"iso3": "ZZZ"}, row | {"iso3": "ZZZ"}]}
    with pytest.raises(TryAgain, match="ZZZ"):
        warehouse_file.write(source, tmp_path / "gci.duckdb", twice)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "candidate.duckdb").write_text("not a database" * 1000)
    with pytest.raises(TryAgain, match=r"gci\.duckdb"):
        warehouse_file.write(tmp_path / "candidate.duckdb", tmp_path / "gci.duckdb")


def test_reading_leaves_other_connections_of_the_process_alone(written: Path) -> None:
    with duckdb.connect(str(written), read_only=True) as other, warehouse_file.reading(written) as connection:
        assert connection.execute("select current_setting('threads')").fetchall() == [(1,)]
        counted = "select count(*) from scores"
        assert other.execute(counted).fetchall() == connection.execute(counted).fetchall() == [(40000,)]
