"""The DuckDB client as old as the storage version opens what is published: every table, every comment, every key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gci.core.database.warehouse_file import STORAGE_VERSION
from gci.core.paths import DataFolders

OLD_CLIENT = STORAGE_VERSION.removeprefix("v")

ASKING = Path(__file__).with_name("asking_process.py")


def asked(client: Path, database: Path) -> dict[str, Any]:
    """What the client in a folder says of the file, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-I", str(ASKING), str(client), str(database)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def old_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the old client, from the package index."""
    folder = tmp_path_factory.mktemp("client")
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", sys.executable]
    done = subprocess.run(
        [*uv, "--only-binary", ":all:", "--target", str(folder), f"duckdb=={OLD_CLIENT}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"duckdb {OLD_CLIENT} could not be had from the package index: {done.stderr}"
    return folder


def test_the_old_client_reads_what_the_new_one_reads(old_client: Path, published_data: DataFolders) -> None:
    old = asked(old_client, published_data.current)
    new = asked(Path(duckdb.__file__).parents[1], published_data.current)
    assert (old["client"], new["client"]) == (OLD_CLIENT, duckdb.__version__)
    assert len(old["rows"]) >= 20
    for what in ("rows", "comments", "keys", "by_key"):
        assert old[what] == new[what], what


def test_the_old_client_opens_every_release(old_client: Path, published_data: DataFolders) -> None:
    for edition in ("2020", "2024"):
        database = published_data.release(edition, 1) / "gci.duckdb"
        assert asked(old_client, database)["client"] == OLD_CLIENT


def test_the_file_says_which_storage_version_it_has(published_data: DataFolders) -> None:
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        ((tags,),) = connection.execute("select tags from duckdb_databases() where database_name = 'gci'").fetchall()
    assert tags["storage_version"].startswith(STORAGE_VERSION)
