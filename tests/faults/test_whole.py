"""A file is taken when it is whole: while a process writes to it, it waits, and nothing of what comes later is lost."""

from __future__ import annotations

import errno
import inspect
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from faults.collecting_without_rights import NOBODY
from gci.collect.batches import batches, passed_over, waiting
from gci.collect.collect import collect_files
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.storage import landing
from gci.storage.claim import PREFIX
from gci.storage.place import left_alone
from gci.storage.whole import OPEN

HERE = Path(__file__).parent
RECEIVED = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 1, 6, tzinfo=UTC)
HEADER = "edition,iso3,item,answer,evidence_url,comment\n"
FIRST = HEADER + "2024,EST,ls1,0.5,,\n2024,EST,ls2,0.5,,\n"
REST = "2024,EST,ts1,0.25,,\n"


class Sender:
    """A process that writes one file; each act returns when it is done."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, str(HERE / "writing_process.py"), str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def act(self, **what: str | bool) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def end(self) -> None:
        self.process.communicate()


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    folders = DataFolders(tmp_path)
    (folders.inbox / "survey" / "2024").mkdir(parents=True)
    return folders


@pytest.fixture
def path(folders: DataFolders) -> Path:
    return folders.inbox / "survey" / "2024" / "EST.csv"


@pytest.fixture
def sender(path: Path) -> Iterator[Sender]:
    sender = Sender(path)
    yield sender
    sender.end()


def collected(folders: DataFolders, moment: datetime = RECEIVED) -> list[tuple[str, int]]:
    receipts = collect_files("survey", waiting("survey", folders), moment, folders)
    return [(receipt.verdict, receipt.answered) for receipt in receipts]


def test_an_upload_that_stalls_at_the_end_of_a_row_is_waited_for(
    folders: DataFolders, path: Path, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    sender.act(open="w")
    sender.act(write=FIRST)
    assert batches("survey", 10, folders) == []
    assert "still being written" in caplog.text
    ((waits, why),) = passed_over("survey", folders)
    assert (waits, "closed it" in why) == (path, True)
    caplog.clear()
    assert collect_files("survey", [path], RECEIVED, folders) == []  # listed before it was opened
    assert "still being written" in caplog.text
    assert path.read_text() == FIRST
    sender.act(write=REST)
    assert collected(folders) == []
    sender.act(close=True)
    assert collected(folders) == [("accepted", 3)]
    assert not path.exists()


def test_the_good_file_beside_it_is_taken(folders: DataFolders, path: Path, sender: Sender) -> None:
    sender.act(open="w")
    sender.act(write=FIRST)
    path.with_name("FIN.csv").write_text(FIRST.replace("EST", "FIN"))
    assert collected(folders) == [("accepted", 2)]
    assert path.read_text() == FIRST


def test_a_file_that_somebody_reads_is_taken(folders: DataFolders, path: Path, sender: Sender) -> None:
    path.write_text(FIRST)
    sender.act(open="r")
    assert collected(folders) == [("accepted", 2)]


@pytest.mark.parametrize("event", ["os.mkdir", "os.rename"])
def test_what_a_sender_writes_while_the_file_is_taken_out_is_not_lost(
    folders: DataFolders, path: Path, sender: Sender, event: str
) -> None:
    """The sender opens the file again after it was read, just before its claim or just before it is moved away."""
    path.write_text(FIRST)
    done: list[str] = []

    def watch(name: str, args: tuple[object, ...]) -> None:
        if name == event and PREFIX in str(args[-1 if event == "os.rename" else 0]) + str(args[1:2]) and not done:
            done.append(name)
            sender.act(open="a")

    sys.addaudithook(watch)
    assert collected(folders) == [("accepted", 2)]
    assert done
    assert path.read_text() == FIRST
    sender.act(write=REST)
    assert collected(folders) == []
    sender.act(close=True)
    assert collected(folders, LATER) == [("accepted", 3)]
    assert [receipt.answered for receipt in landing.receipts(folders)] == [2, 3]
    assert [one for one in folders.inbox.rglob("*") if one.is_file() or one.name.startswith(PREFIX)] == []


def test_what_was_written_and_closed_meanwhile_is_not_lost(folders: DataFolders, path: Path) -> None:
    """The same size and time of modification, other bytes: only the bytes tell."""
    path.write_text(FIRST)
    status = path.stat()
    done: list[str] = []

    def watch(name: str, args: tuple[object, ...]) -> None:
        if name == "os.mkdir" and PREFIX in str(args[0]) and not done:
            done.append(name)
            path.write_text(FIRST.replace("0.5", "0.7"))
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    sys.addaudithook(watch)
    assert collected(folders) == [("accepted", 2)]
    assert path.read_text() == FIRST.replace("0.5", "0.7")


def test_what_a_killed_run_had_claimed_gets_its_name_back(folders: DataFolders, path: Path) -> None:
    claims = path.with_name(f"{PREFIX}abc")
    claims.mkdir()
    (claims / path.name).write_text(FIRST)
    path.write_text(FIRST.replace("EST", "FIN"))
    waits = waiting("survey", folders)
    assert {one.read_text() for one in waits} == {FIRST, FIRST.replace("EST", "FIN")}
    assert len(waits) == 2
    assert not claims.exists()


def test_a_full_disk_is_made_room_on_by_what_was_collected(folders: DataFolders, path: Path) -> None:
    """No folder can be made for the claim, as on a disk without a block or an inode left."""
    path.write_text(FIRST)
    refused: list[str] = []

    def refuse(name: str, args: tuple[object, ...]) -> None:
        if name == "os.mkdir" and str(args[0]).startswith(str(path.parent / PREFIX)):
            refused.append(name)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), args[0])

    sys.addaudithook(refuse)
    assert collected(folders) == [("accepted", 2)]
    assert refused
    assert list(path.parent.iterdir()) == []


def test_what_a_killed_run_had_claimed_on_a_full_disk_gets_its_name_back(folders: DataFolders, path: Path) -> None:
    path.with_name(f"{PREFIX}abc=EST.csv").write_text(FIRST)
    assert waiting("survey", folders) == [path]
    assert collected(folders) == [("accepted", 2)]


def test_a_time_of_rest_counts_from_the_last_change(
    folders: DataFolders, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCI_REST_SECONDS", "3600")
    path.write_text(FIRST)
    ((_, why),) = passed_over("survey", folders)
    assert "3600 s" in why
    assert "GCI_REST_SECONDS" in why
    assert collected(folders) == []
    os.utime(path, (1e9, 1e9))  # a copy that keeps the old time does not wait
    assert collected(folders) == [("accepted", 2)]


def test_a_time_of_rest_that_is_no_number_is_said(
    folders: DataFolders, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCI_REST_SECONDS", "soon")
    path.write_text(FIRST)
    with pytest.raises(WrongUsage, match="GCI_REST_SECONDS is 'soon'"):
        waiting("survey", folders)


def test_the_place_that_a_browser_keeps_for_an_upload_waits(
    folders: DataFolders, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.touch()
    path.with_name("EST.csv.part").write_text(FIRST)
    with caplog.at_level(logging.WARNING):
        assert batches("survey", 10, folders) == []
    assert caplog.text.count("waits") == 2
    path.with_name("EST.csv.part").replace(path)
    assert collected(folders) == [("accepted", 2)]


SHUT = ["landing/files", "landing/receipts", "landing/survey", "quarantine", "inbox/survey/2024"]


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user can reach; those of pytest are root's alone."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.parametrize("shut", SHUT)
def test_a_folder_that_may_not_be_written_to_is_no_empty_inbox(open_to_all: Path, shut: str) -> None:
    before, folders = (DataFolders(open_to_all / name) for name in ("before", "data"))
    for one in (before, folders):
        inbox = one.inbox / "survey" / "2024"
        inbox.mkdir(parents=True)
        (inbox / "EST.csv").write_text(FIRST)
        (inbox / "bad.csv").write_text(FIRST.replace("0.5", "5"))
    landing.prepare(folders)
    (folders.root / shut).mkdir(parents=True, exist_ok=True)
    for path in (folders.root, *folders.root.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    (folders.root / shut).chmod(0o555)
    command = [sys.executable, str(HERE / "collecting_without_rights.py"), str(before.root), str(folders.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (folders.root / shut).chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert str(folders.root / shut) in done.stderr
    assert "right to write" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folders.inbox / "survey" / "2024" / "EST.csv").read_text() == FIRST


def test_the_task_that_lists_the_inbox_says_what_it_waits_for(
    folders: DataFolders, path: Path, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    from gci.orchestration.tasks import collect

    waiting_batches = inspect.unwrap(collect.waiting_batches)  # as the task runs it, without a run around it
    monkeypatch.setenv("GCI_DATA", str(folders.root))
    sender.act(open="w")
    with pytest.raises(AirflowSkipException, match=r"can be collected yet\. EST\.csv: it is still being written"):
        waiting_batches(["survey"])
    sender.act(close=True)
    path.unlink()
    with pytest.raises(AirflowSkipException, match="nothing to collect"):
        waiting_batches(["survey"])


def test_a_folder_that_may_not_be_read_is_no_empty_inbox(open_to_all: Path) -> None:
    before, folders = (DataFolders(open_to_all / name) for name in ("before", "data"))
    closed = folders.inbox / "survey" / "2024"
    for home in (before.inbox / "survey" / "2024", closed):
        home.mkdir(parents=True)
        (home / "EST.csv").write_text(FIRST)
    landing.prepare(folders)
    for path in (folders.root, *folders.root.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    closed.chmod(0o300)
    command = [sys.executable, str(HERE / "collecting_without_rights.py"), str(before.root), str(folders.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    closed.chmod(0o755)
    assert f"{closed}: a folder that cannot be read (Permission denied)" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_another_run_takes_while_it_is_looked_at_is_gone_and_no_fault(path: Path) -> None:
    code = "import pathlib, sys; path = pathlib.Path(sys.argv[1])\nwhile True: path.touch(); path.unlink()"
    other = subprocess.Popen([sys.executable, "-c", code, str(path)])
    try:
        said = {left_alone(path) for _ in range(20_000)}
    finally:
        other.kill()
        other.wait()
    assert {one for one in said if one} <= {left_alone(path.with_name("never there")), OPEN}
