"""The rename: all or nothing, and nothing left beside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from folder_tree import tree
from gci.core.atomic_file import put, staged, swap, write_ahead_log


def test_the_new_file_takes_the_place_and_the_source_stays(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "current").write_bytes(b"old")
    swap(tmp_path / "new", tmp_path / "current")
    assert tree(tmp_path) == {"new": b"new", "current": b"new"}


def test_the_first_file_needs_no_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    swap(tmp_path / "new", tmp_path / "current")
    assert (tmp_path / "current").read_bytes() == b"new"


def test_a_source_that_is_not_there_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "current").write_bytes(b"old")
    with pytest.raises(OSError):
        swap(tmp_path / "absent", tmp_path / "current")
    assert tree(tmp_path) == {"current": b"old"}


def test_a_copy_that_is_not_used_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "current").write_bytes(b"old")
    with staged(tmp_path / "new", tmp_path / "current") as copy:
        assert copy.read_bytes() == b"new"
    assert tree(tmp_path) == {"new": b"new", "current": b"old"}


def test_an_open_reader_keeps_the_old_data_and_a_new_process_sees_the_new(tmp_path: Path) -> None:
    for name, number in (("current", 1), ("new", 2)):
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"create table t as select {number} as i")
    with duckdb.connect(str(tmp_path / "current"), read_only=True) as reader:
        swap(tmp_path / "new", tmp_path / "current")
        assert reader.execute("from t").fetchall() == [(1,)]
    with duckdb.connect(str(tmp_path / "current"), read_only=True) as reader:
        assert reader.execute("from t").fetchall() == [(2,)]


def test_a_folder_gets_its_name_once(tmp_path: Path) -> None:
    for name in (".v1.1", ".v1.2"):
        (tmp_path / name / "csv").mkdir(parents=True)
        (tmp_path / name / "csv" / "t.csv").write_text(name)
    put(tmp_path / ".v1.1", tmp_path / "v1")
    with pytest.raises(OSError):
        put(tmp_path / ".v1.2", tmp_path / "v1")
    assert (tmp_path / "v1" / "csv" / "t.csv").read_text() == ".v1.1"


def write_and_die(database: Path) -> None:
    """Somebody opens a file, writes to it, and is killed: the writes stay in a log beside it."""
    call = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('create table graffiti (i integer)'); "
    call += "os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", call, str(database)], check=False)
    assert write_ahead_log(database).is_file(), "DuckDB no longer leaves a log: this test asks nothing"


def test_what_somebody_wrote_to_the_old_file_does_not_get_into_the_new_one(tmp_path: Path) -> None:
    for name, number in (("current", 1), ("new", 2)):
        with duckdb.connect(str(tmp_path / name)) as connection:
            connection.execute(f"create table t as select {number} as i")
    write_and_die(tmp_path / "current")
    swap(tmp_path / "new", tmp_path / "current")
    with duckdb.connect(str(tmp_path / "current"), read_only=True) as reader:
        assert reader.execute("select table_name from duckdb_tables()").fetchall() == [("t",)]
    assert tree(tmp_path).keys() == {"new", "current", "current.wal.1"}, "what somebody wrote is put aside, not lost"
