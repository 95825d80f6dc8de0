"""The landing zone: once, whole, never rewritten."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from gci.core.checksums import sha256
from gci.core.paths import DataFolders
from gci.core.records import Problem, Receipt
from gci.storage import landing

DIGEST = "ab" * 32
RECEIPT = Receipt(
    digest=DIGEST,
    kind="survey",
    file="EST.csv",
    verdict="accepted",
    received_at="2026-01-05T06:00:00.000000+00:00",
    modified_at="2026-01-04T12:30:00.250000+00:00",
    edition="2024",
    iso3="EST",
    collector="state",
    answered=1,
    items=20,
    problems=(Problem("warning", "answer_percent", "“50%” …", row=2, column="answer", item="ls1"),),
)


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    folders = DataFolders(tmp_path)
    landing.prepare(folders)
    return folders


def answers(answer: str | None = "0.5"):
    columns = {name: ["x"] for name in landing.SCHEMAS["survey"].names}
    moments = {"received_at": ["2026-01-05T06:00:00.000000"], "modified_at": ["2026-01-04T12:30:00.250000"]}
    own = {"file": ["EST.csv"], "row": ["2"], "answer": [answer], "synthetic": ["false"], "addition": ["false"]}
    return landing.table("survey", columns | moments | own)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_land_writes_once(folders: DataFolders) -> None:
    assert landing.land(answers(), "survey", DIGEST, folders)
    before = tree(folders.landing)
    assert not landing.land(answers("1.0"), "survey", DIGEST, folders)
    assert tree(folders.landing) == before


def test_the_same_rows_give_the_same_bytes(folders: DataFolders) -> None:
    for digest in ("a" * 64, "b" * 64):
        landing.land(answers(), "survey", digest, folders)
    one, two = (folders.landing / "survey" / f"{digest}.parquet" for digest in ("a" * 64, "b" * 64))
    assert one.read_bytes() == two.read_bytes()


def test_prepare_can_be_repeated(folders: DataFolders) -> None:
    before = tree(folders.landing)
    landing.prepare(folders)
    assert tree(folders.landing) == before


@pytest.mark.parametrize("kind", sorted(landing.SCHEMAS))
def test_an_empty_zone_has_the_columns_and_no_rows(folders: DataFolders, kind: str) -> None:
    found = duckdb.sql(f"from read_parquet('{folders.landing}/{kind}/*.parquet')")
    assert found.columns == landing.SCHEMAS[kind].names  # type: ignore[index]  # names of kinds, as the glob has them
    assert found.fetchall() == []


def test_what_landed_before_there_was_a_column_is_read_with_it_missing(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    before = folders.landing / "survey"
    before.mkdir(parents=True)
    younger = ("form_version", "synthetic", "addition")
    for name, rows in (("none", answers().slice(0, 0)), (DIGEST, answers())):
        pq.write_table(rows.drop_columns(list(younger)), before / f"{name}.parquet")
    landing.prepare(folders)
    found = duckdb.sql(f"from read_parquet('{before}/*.parquet', union_by_name = true)")
    assert found.project(", ".join(younger)).fetchall() == [(None, None, None)]


def test_duckdb_reads_what_landed_with_the_types_of_the_contract(folders: DataFolders) -> None:
    landing.land(answers(None), "survey", DIGEST, folders)
    found = duckdb.sql(f"from read_parquet('{folders.landing}/survey/*.parquet')")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (types["row"], types["answer"], types["received_at"]) == ("INTEGER", "VARCHAR", "TIMESTAMP")
    assert len(found.filter("answer is null").fetchall()) == 1


def test_many_workers_land_one_file(folders: DataFolders) -> None:
    barrier, firsts = threading.Barrier(8), []

    def work() -> None:
        barrier.wait()
        firsts.append(landing.land(answers(), "survey", DIGEST, folders))

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(firsts) == [False] * 7 + [True]
    assert {path.name for path in (folders.landing / "survey").iterdir()} == {
        f"{DIGEST}.parquet",
        landing.no_rows("survey", folders).name,
    }


def test_receipts_read_back_equal_and_are_written_once(folders: DataFolders) -> None:
    assert landing.write_receipt(RECEIPT, folders)
    assert not landing.write_receipt(replace(RECEIPT, file="other.csv"), folders)
    assert landing.read_receipt(DIGEST, folders) == RECEIPT
    assert landing.receipts(folders) == [RECEIPT]
    assert landing.read_receipt("cd" * 32, folders) is None


def test_receipts_come_in_the_order_in_which_they_count(folders: DataFolders) -> None:
    later = replace(RECEIPT, digest="aa" * 32, modified_at="2026-01-04T12:30:01.000000+00:00")
    latest = replace(RECEIPT, digest="99" * 32, received_at="2026-01-06T06:00:00.000000+00:00")
    for receipt in (latest, later, RECEIPT):
        landing.write_receipt(receipt, folders)
    assert landing.receipts(folders) == [RECEIPT, later, latest]


def test_a_receipt_takes_its_times_from_the_rows(folders: DataFolders) -> None:
    landing.land(answers(), "survey", DIGEST, folders)
    another = replace(RECEIPT, file="copy.csv", received_at="2027-01-01T00:00:00.000000+00:00")
    assert landing.as_landed(another, folders) == replace(RECEIPT, collected_at=RECEIPT.received_at)


def test_bytes_are_kept_once(folders: DataFolders) -> None:
    part = landing.part(folders)
    part.write_bytes(b"as received")
    digest = sha256(part)
    assert landing.keep_file(part, digest, ".csv", folders)
    assert not landing.keep_file(part, digest, ".csv", folders)
    assert (folders.landing / "files" / f"{digest}.csv").read_bytes() == b"as received"


def test_what_a_killed_run_left_is_swept_after_a_day(folders: DataFolders) -> None:
    old, young = landing.part(folders), landing.part(folders)
    for path in (old, young):
        path.write_bytes(b"half")
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    landing.prepare(folders)
    assert (old.exists(), young.exists()) == (False, True)
