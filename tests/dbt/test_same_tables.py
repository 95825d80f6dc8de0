"""The same answers give the same tables, whatever the threads, the order of rows and the cut of files."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.core.checksums import sha256
from gci.core.database.warehouse_file import write
from landed import landed
from warehouse import warehouse


def shuffled(tmp_path: Path, files: int) -> Path:
    """The landing zone of the warehouse with its answers in another order, in as many files."""
    target = tmp_path / "landing"
    shutil.copytree(warehouse().folders.landing, target, ignore=shutil.ignore_patterns("files", "receipts", "survey"))
    (target / "survey").mkdir()
    answers = pa.concat_tables([pq.read_table(path) for path in landed(warehouse().folders, "survey")])
    order = list(range(answers.num_rows))
    random.Random(files).shuffle(order)
    mixed = answers.take(order)
    step = -(-mixed.num_rows // files)
    for number in range(files):
        pq.write_table(mixed.slice(number * step, step), target / "survey" / f"{number:03}.parquet", row_group_size=997)
    return target


@pytest.mark.parametrize(("threads", "files"), [pytest.param(1, 1, marks=pytest.mark.slow), (4, 37)])
def test_threads_row_order_and_files_do_not_matter(tmp_path: Path, threads: int, files: int) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    job = Job(folder, warehouse().both.folder, shuffled(tmp_path, files), threads)
    build_file(job)
    write(job.file, folder / "candidate.duckdb")
    assert sha256(folder / "candidate.duckdb") == sha256(warehouse().both.database), differing(folder)


def differing(folder: Path) -> str:
    """The first rows that two builds do not share, for the message of a failed test."""
    found = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'candidate.duckdb'}' as again (read_only)")
        connection.execute(f"attach '{warehouse().both.database}' as first (read_only)")
        tables = "select table_name from duckdb_tables() where database_name = 'first'"
        for (table,) in connection.execute(tables).fetchall():
            rows = connection.execute(f"from again.main.{table} except all from first.main.{table} limit 3").fetchall()
            if rows:
                found[table] = rows
    return json.dumps(found, default=str, indent=1)
