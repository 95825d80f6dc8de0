"""The warehouse on DuckLake: the same models, tests and numbers as in one file; several write, many read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from compose import SECRETS
from distributed.services import DATABASE_USER, _free_port, _query, postgres, store
from gci.build.lake import build_lake, reading_lake
from gci.core.database.warehouse_file import columns, key, reading, tables
from gci.core.paths import PROJECT
from object_store import environment, make_bucket
from warehouse import Warehouse, warehouse

pytestmark = pytest.mark.slow

TWO_AT_ONCE = ("marts.pillars", "marts.capacity")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Both editions, in one file and in a lake that the environment names."""
    root = tmp_path_factory.mktemp("lake")
    ports = _free_port(), _free_port()
    with postgres(root, ports[0]), store(root, ports[1]), pytest.MonkeyPatch.context() as patch:
        _query(ports[0], "postgres", "create database lake")
        endpoint = f"http://127.0.0.1:{ports[1]}"
        make_bucket(endpoint, "lake")
        login = f"host=127.0.0.1 port={ports[0]} user={DATABASE_USER} password={SECRETS['POSTGRES_PASSWORD']}"
        named = {"GCI_LAKE_CATALOG": f"postgres:dbname=lake {login}", "GCI_LAKE_DATA": "s3://lake/gci"}
        for name, value in (environment(endpoint) | named).items():
            patch.setenv(name, value)
        built = warehouse()
        build_lake(built.both, built.folders)
        yield built


def rows(connection: duckdb.DuckDBPyConnection, table: str, keys: list[str]) -> list[tuple[Any, ...]]:
    order = ", ".join(f'"{column}" nulls last' for column in keys)
    return connection.execute(f'select * from main."{table}" order by {order}').fetchall()


def different(built: Warehouse) -> list[str]:
    """The tables of the file that the lake has otherwise, or has not; and how many were compared."""
    found = []
    with reading(built.both.database) as file, reading_lake() as lake:
        names = tables(file)
        assert len(names) > 25
        for table in names:
            keys = key(file, table)
            if columns(file, table) != columns(lake, table, "lake"):
                found.append(f"{table}: columns")
            elif rows(file, table, keys) != rows(lake, table, keys):
                found.append(f"{table}: rows")
    return found


def test_every_mart_is_the_same(lake: Warehouse) -> None:
    assert different(lake) == []


def test_every_table_and_column_says_what_it_is(lake: Warehouse) -> None:
    said = "select {} from duckdb_{}() where database_name = '{}' and schema_name = 'main' order by all"
    with reading(lake.both.database) as file, reading_lake() as other:
        for listed, of in (("table_name, comment", "tables"), ("table_name, column_name, comment", "columns")):
            ours = file.execute(said.format(listed, of, "warehouse")).fetchall()
            assert other.execute(said.format(listed, of, "lake")).fetchall() == ours


def test_rows_that_share_their_key_stop_the_build(lake: Warehouse) -> None:
    """A lake knows no keys: what a file would refuse is looked for afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        use_another_lake(patch)
        with pytest.raises(Exception, match="rows that share their key: twice"):
            build_spoilt(lake)


def use_another_lake(patch: pytest.MonkeyPatch) -> None:
    """An empty one beside the first, so that what is spoilt there is met nowhere else."""
    import psycopg

    catalog = os.environ["GCI_LAKE_CATALOG"]
    with psycopg.connect(catalog.removeprefix("postgres:"), autocommit=True) as connection:
        connection.execute("create database spoilt")
    patch.setenv("GCI_LAKE_CATALOG", catalog.replace("dbname=lake", "dbname=spoilt"))
    patch.setenv("GCI_LAKE_DATA", "s3://lake/spoilt")


def build_spoilt(lake: Warehouse) -> None:
    import shutil
    import tempfile
    from pathlib import Path

    from gci.build.dbt_engine import run_dbt
    from gci.build.dbt_job import DbtFailed, Job
    from gci.build.lake import _environment
    from gci.core.paths import DBT_PROJECT

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(DBT_PROJECT, project)
        (project / "models" / "marts" / "twice.sql").write_text("select 'a' as id union all select 'a'")
        (project / "models" / "marts" / "twice.yml").write_text(
            "models:\n  - name: twice\n    description: Two rows of one key.\n"
            "    constraints: [{type: primary_key, columns: [id]}]\n"
            "    columns: [{name: id, data_type: varchar, description: The key.}]\n"
        )
        job = Job(Path(folder), lake.both.folder, lake.folders.landing, project=project)
        job.file.parent.mkdir()
        with _environment(Path(folder)):
            outcome = run_dbt("build", job, "--target", "ducklake", "--select", "twice")
        said = " ".join(str(getattr(one, "message", "")) for one in getattr(outcome.result, "results", None) or [])
        if not outcome.success:
            raise DbtFailed([], outcome.exception or RuntimeError(said), job.file.parent)


def test_two_build_while_others_read(lake: Warehouse) -> None:
    run = (
        "import sys; from pathlib import Path; from gci.build.lake import build_lake; "
        "from gci.build.candidate import load; from gci.core.paths import DataFolders; "
        "build_lake(load(Path(sys.argv[1])), DataFolders(Path(sys.argv[2])), ['--select', sys.argv[3]], 1)"
    )
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", run, str(lake.both.folder), str(lake.folders.root), chosen],
            cwd=PROJECT,
            env=os.environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        for chosen in TWO_AT_ONCE
    ]
    with reading(lake.both.database) as file:
        counted = [file.execute(f"select count(*) from {table}").fetchone() for table in ("cooperation", "answers")]
    looked = 0
    while any(builder.poll() is None for builder in builders):
        with reading_lake() as reader:
            for table, rows_there in zip(("cooperation", "answers"), counted, strict=True):
                assert reader.execute(f"select count(*) from {table}").fetchone() == rows_there, table
        looked += 1
    for builder in builders:
        assert builder.wait() == 0, builder.stderr and builder.stderr.read()
    assert looked > 1
    assert different(lake) == []
