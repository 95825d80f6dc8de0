"""One inbox, many machines: what arrives is collected once, nothing is lost, all have the same landing zone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.reread.mend import mend
from gci.storage import landing
from gci.storage.chain import read, seal
from gci.storage.door import storage_of
from gci.storage.object_store.objects import Store, store_at
from store.conftest import Machine

HEADER = b"edition,iso3,item,answer,evidence_url,comment\n"
GOOD = HEADER + b"2024,EST,ls1,0.5,,\n"
NEWER = HEADER + b"2024,EST,ls1,0.75,,\n"
BAD = HEADER + b"2024,EST,ls1,87.5,,\n"
FIRST_RUN, SECOND_RUN = (datetime(2026, 1, day, tzinfo=UTC) for day in (5, 6))


def objects(folders: DataFolders) -> Store:
    assert folders.store is not None
    return store_at(folders.store)


def collect(folders: DataFolders, received_at: datetime = FIRST_RUN) -> list[Receipt]:
    storage_of(folders).inbox.pull("survey")
    return collect_files("survey", waiting("survey", folders), received_at, folders)


def as_elsewhere(folders: DataFolders) -> list[Receipt]:
    storage_of(folders).landing.pull()
    return landing.receipts(folders)


def test_what_one_machine_collects_has_landed_for_all(machine: Machine) -> None:
    store = objects(machine("one"))
    store.put("inbox/survey/2024/good.csv", GOOD)
    store.put("inbox/survey/2024/bad.csv", BAD)
    receipts = collect(machine("one"))
    assert [receipt.verdict for receipt in receipts] == ["refused", "accepted"]
    assert list(store.listed("inbox/")) == []
    (receipt,) = as_elsewhere(machine("two"))
    assert receipt == receipts[1]
    (kept,) = (machine("two").landing / "files").glob("[!.]*")
    assert kept.read_bytes() == GOOD
    (aside,) = {name.rpartition("/")[0] for name in store.listed("quarantine/")}
    assert sorted(name.rpartition("/")[2] for name in store.listed(aside)) == ["bad.csv", "receipt.json", "report.html"]


def test_rows_and_receipt_agree_when_two_machines_collect_the_same_file(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    objects(one).put("inbox/survey/2024/good.csv", GOOD)
    for folders in (one, two):
        storage_of(folders).inbox.pull("survey")
    collect_files("survey", waiting("survey", one), FIRST_RUN, one)
    (again,) = collect_files("survey", waiting("survey", two), SECOND_RUN, two)
    assert [problem.code for problem in again.problems] == ["already_landed"]
    (receipt,) = as_elsewhere(machine("three"))
    assert receipt.received_at.startswith("2026-01-05")
    assert landing.as_landed(receipt, machine("three")) == receipt


def test_a_newer_file_of_its_name_stays_in_the_inbox(machine: Machine) -> None:
    one = machine("one")
    objects(one).put("inbox/survey/2024/EST.csv", GOOD)
    storage_of(one).inbox.pull("survey")
    objects(one).put("inbox/survey/2024/EST.csv", NEWER)
    collect_files("survey", waiting("survey", one), FIRST_RUN, one)
    assert objects(one).read("inbox/survey/2024/EST.csv") == NEWER
    collect(machine("two"), SECOND_RUN)
    assert len(as_elsewhere(machine("three"))) == 2


def test_what_lies_in_a_machines_own_inbox_is_handed_in_with_its_time(machine: Machine) -> None:
    one = machine("one")
    own = one.inbox / "survey" / "2024" / "EST.csv"
    own.parent.mkdir(parents=True)
    own.write_bytes(GOOD)
    modified = datetime.fromtimestamp(own.stat().st_mtime_ns // 1000 / 1e6, UTC)
    storage_of(one).inbox.submit("survey")
    assert not own.exists()
    (receipt,) = collect(machine("two"))
    assert abs((datetime.fromisoformat(receipt.modified_at) - modified).total_seconds()) < 0.001


def test_what_is_handed_in_takes_nobodys_place(machine: Machine) -> None:
    one = machine("one")
    own = one.inbox / "survey" / "2024" / "EST.csv"
    own.parent.mkdir(parents=True)
    own.write_bytes(GOOD)
    objects(one).put("inbox/survey/2024/EST.csv", NEWER)
    storage_of(one).inbox.submit("survey")
    assert own.read_bytes() == GOOD
    assert objects(one).read("inbox/survey/2024/EST.csv") == NEWER


def test_names_that_no_disk_can_hold_stop_nobody(machine: Machine) -> None:
    one = machine("one")
    for name in ("inbox/survey/2024", "inbox/survey/2024/EST.csv"):
        objects(one).put(name, GOOD)
    collect(one)
    collect(one, SECOND_RUN)
    assert len(as_elsewhere(machine("two"))) == 1


@pytest.mark.parametrize("down", ["inbox", "landing"])
def test_a_store_that_is_down_is_said(machine: Machine, monkeypatch: pytest.MonkeyPatch, down: str) -> None:
    run = "from gci.core.paths import data_folders as d; from gci.storage.door import storage_of; "
    run += "storage_of(d()).inbox.pull('survey')" if down == "inbox" else "storage_of(d()).landing.pull()"
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    monkeypatch.setenv("GCI_STORE", "s3://bucket/prefix")
    monkeypatch.setenv("GCI_DATA", str(machine("one").root))
    said = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert "gci.core.errors.TryAgain: The store could not list s3://bucket/prefix/" in said.stderr


def test_machines_seal_one_chain(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    store = objects(one)
    store.put("inbox/survey/2024/good.csv", GOOD)
    collect(one)
    first = seal(one)
    store.put("inbox/survey/2024/newer.csv", NEWER)
    collect(two, SECOND_RUN)
    # It knows of no seal and of one file: the place is taken, and what is not in the seal there comes after it.
    second = seal(two)
    (before, after), breaks = read(two.landing)
    assert (before.sequence, before.digest) == (first.sequence, first.digest)
    assert (after.sequence, after.digest, after.previous) == (second.sequence, second.digest, first.digest)
    assert (len(before.entries), len(after.entries), breaks) == (1, 1, [])
    storage_of(one).landing.pull()
    assert seal(one) == second


def test_rows_that_are_made_again_are_made_again_for_all(machine: Machine) -> None:
    one, two = machine("one"), machine("two")
    objects(one).put("inbox/survey/2024/good.csv", GOOD)
    (receipt,) = collect(one)
    seal(one)
    path = landing.rows_file("survey", receipt.digest, one)
    whole = path.read_bytes()
    for damaged in (path.write_bytes, lambda content: objects(one).put(path.relative_to(one.root).as_posix(), content)):
        damaged(whole[:50])
    assert [mended.failure for mended in mend(one)] == [""]
    as_elsewhere(two)
    assert landing.rows_file("survey", receipt.digest, two).read_bytes() == whole == path.read_bytes()
