"""A store of its own for every test, and data folders as machines of their own that share it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gci.core.paths import DataFolders
from object_store import environment, make_bucket, object_store

Machine = Callable[[str], DataFolders]


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    with object_store() as served:
        yield served


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty store, whose credentials stand in the environment."""
    for name, value in environment(endpoint).items():
        monkeypatch.setenv(name, value)
    bucket = f"b{uuid.uuid4().hex}"
    make_bucket(endpoint, bucket)
    return f"s3://{bucket}/gci"


@pytest.fixture
def machine(store: str, tmp_path: Path) -> Machine:
    """Gives the data folder of a machine by its name."""
    return lambda name: DataFolders(tmp_path / name, store)
