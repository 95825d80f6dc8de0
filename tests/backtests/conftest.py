"""What the backtests read: a candidate that holds both editions, built from the published answers."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse import warehouse


@pytest.fixture(scope="session")
def built() -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts of both editions, read-only."""
    with duckdb.connect(str(warehouse().both.database), read_only=True) as connection:
        yield connection
