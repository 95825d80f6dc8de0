"""Collection killed at any moment, or at work twice at once: nothing is lost, everything is there once."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.storage import landing

HERE = Path(__file__).parent
RECEIVED = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
STATES = ["AFG", "BRA", "CIV", "EST", "FSM", "KOR", "NAM", "SLV", "TUR", "YEM", "ZWE"]


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    """An inbox with returns of both editions and some that will be refused."""
    folders = DataFolders(tmp_path)
    for edition in ("2020", "2024"):
        replay(edition, STATES, folders)
        for number in range(4):
            path = folders.inbox / "survey" / edition / f"bad {number}.csv"
            path.write_text(f"edition,iso3,item,answer,evidence_url,comment\n{edition},EST,ls1,{number + 2},,\n")
    return folders


def collecting(folders: DataFolders) -> subprocess.Popen[str]:
    """A process that stands ready to collect."""
    command = [sys.executable, str(HERE / "collecting_process.py"), str(folders.root), RECEIVED.isoformat()]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def contents(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.rglob("*.csv")}


def assert_everything_once(folders: DataFolders, originals: set[bytes]) -> None:
    """All originals are kept, landed files and receipts agree, and the inbox is empty."""
    assert waiting("survey", folders) == []
    kept = contents(folders.landing / "files")
    put_aside = contents(folders.quarantine)
    assert kept | put_aside == originals
    assert (len(kept), len(put_aside)) == (2 * len(STATES), 8)
    receipts = landing.receipts(folders)
    digests = {receipt.digest for receipt in receipts}
    assert digests == {path.stem for path in (folders.landing / "survey").glob("[!.n]*.parquet")}
    assert digests == {path.stem for path in (folders.landing / "files").glob("[!.]*")}
    assert {(receipt.edition, receipt.iso3) for receipt in receipts} == {
        (edition, iso3) for edition in ("2020", "2024") for iso3 in STATES
    }
    assert all(landing.as_landed(receipt, folders) == receipt for receipt in receipts)
    assert len(refusals(folders)) == 8


def test_killed_at_every_step_of_two_files(tmp_path: Path) -> None:
    script = [sys.executable, str(HERE / "killed_at_every_step.py"), str(tmp_path / "data")]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40  # acts on the disk: the watch saw what it should


def test_killed_again_and_again_while_many_files_land(folders: DataFolders) -> None:
    originals = contents(folders.inbox)
    for milliseconds in (0, 3, 10, 20, 40):
        process = collecting(folders)
        begin(process)
        time.sleep(milliseconds / 1000)
        process.kill()
        process.communicate()
        there = contents(folders.inbox) | contents(folders.landing / "files") | contents(folders.quarantine)
        assert originals <= there
    collect_files("survey", waiting("survey", folders), RECEIVED, folders)
    assert_everything_once(folders, originals)


def test_workers_at_once_on_one_inbox(folders: DataFolders) -> None:
    originals = contents(folders.inbox)
    workers = [collecting(folders) for _ in range(3)]
    for worker in workers:
        begin(worker)
    for worker in workers:
        worker.communicate()
        assert worker.returncode == 0
    assert_everything_once(folders, originals)
