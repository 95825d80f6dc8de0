"""A savepoint of Airflow beside another writer: it waits its turn, and what it wrote lasts only with the whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from gci.orchestration.airflow_sqlite import CONNECT_ARGS


@pytest.fixture
def database(tmp_path: Path) -> Callable[..., Engine]:
    """A database in the way that Airflow has it, with one table; gives engines on it."""
    file = tmp_path / "airflow.db"
    with sqlite3.connect(file) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table runs (name text)")
    return lambda **args: create_engine(f"sqlite:///{file}?timeout=0", connect_args=args)


def _write(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("insert into runs values ('of another')"))


def _create(engine: Engine, meanwhile: Callable[[], None]) -> None:
    """What `airflow backfill create` does for a run: look, then write, within a savepoint."""
    with engine.begin() as connection, connection.begin_nested():
        connection.execute(text("select * from runs")).all()
        meanwhile()
        connection.execute(text("insert into runs values ('backfill')"))


def test_as_it_comes_a_savepoint_fails_when_somebody_else_has_written(database: Callable[..., Engine]) -> None:
    with pytest.raises(Exception, match="locked"):
        _create(database(), lambda: _write(database()))


def test_with_ours_the_other_one_waits(database: Callable[..., Engine]) -> None:
    waited = []

    def meanwhile() -> None:
        with pytest.raises(Exception, match="locked"):  # these engines wait no second
            _write(database())
        waited.append(True)

    _create(database(**CONNECT_ARGS), meanwhile)
    _write(database())
    assert waited
    with database().connect() as connection:
        assert connection.execute(text("select name from runs")).scalars().all() == ["backfill", "of another"]


def test_what_was_done_in_a_savepoint_goes_with_the_whole(database: Callable[..., Engine]) -> None:
    with pytest.raises(RuntimeError), database(**CONNECT_ARGS).begin() as connection:
        with connection.begin_nested():
            connection.execute(text("insert into runs values ('backfill')"))
        raise RuntimeError
    with database().connect() as connection:
        assert connection.execute(text("select count(*) from runs")).scalar() == 0
