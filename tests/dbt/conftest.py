"""What the tests of the dbt project read: a file with all layers of both editions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import DBT_PROJECT
from warehouse import warehouse


@pytest.fixture(scope="session")
def layers() -> Iterator[duckdb.DuckDBPyConnection]:
    """Staging, intermediate, marts and seeds of both editions, read-only."""
    with duckdb.connect(str(warehouse().both.folder / "dbt" / "candidate.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def models() -> list[Path]:
    """The SQL files of the project's models."""
    found = sorted((DBT_PROJECT / "models").rglob("*.sql"))
    assert len(found) > 30
    return found
