"""Whatever a file does to its reader: it gets a verdict, and the files beside it are collected."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from inspect import unwrap
from pathlib import Path
from typing import Any, cast

import pytest

from faults.case_files import FOLDER
from faults.workbooks import far_away, long_attribute, questionnaire
from gci.collect import apart
from gci.collect.check import Checked
from gci.collect.check_file import check_file
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.core.paths import DataFolders
from gci.orchestration.tasks.collect import collect_batch, waiting_batches
from gci.reference.validation_context import validation_context
from gci.storage.arrival import arrive

GOOD = (FOLDER / "accepted__good.csv").read_bytes()
RECEIVED = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
LISTS = b"[" + b"[]," * 6_000_000 + b"[]]"
BOUNDED = Path(__file__).with_name("bounded_process.py")


def inbox(folders: DataFolders, **files: bytes) -> list[Path]:
    """Put files into the inbox of edition 2024, each under its name with the suffix after two underscores."""
    home = folders.inbox / "survey" / "2024"
    home.mkdir(parents=True)
    paths = [home / name.replace("__", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
        os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
    return paths


def test_a_hostile_workbook_lies_in_the_inbox_and_the_files_beside_it_are_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCI_DATA", str(tmp_path))
    folders = DataFolders(tmp_path)
    inbox(folders, FAR__xlsx=far_away(), EST__csv=GOOD, LONG__xlsx=long_attribute())
    (batch,) = unwrap(waiting_batches)(["survey"])
    outcome = unwrap(collect_batch)(batch)
    assert outcome["accepted"] == {"2024": 1}
    assert {refusal["file"] for refusal in outcome["refused"]} == {"FAR.xlsx", "LONG.xlsx"}
    assert {receipt.file for receipt in refusals(folders)} == {"FAR.xlsx", "LONG.xlsx"}
    assert not list((folders.inbox / "survey" / "2024").iterdir())


def bounded(file: Path, memory: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, str(BOUNDED), str(file), str(memory)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_a_file_that_needs_more_memory_than_there_is_gets_a_verdict(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(LISTS)
    assert bounded(file, 300_000_000) == ["refused", "file_not_safe"]
    file.write_bytes(b"{}")
    assert bounded(file, 300_000_000) == ["refused", "not_a_return"]


def _unread(connection: int) -> int:
    """Bytes that the other end has not read yet."""
    return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)


def at_work(file: Path, act: Callable[[int], object]) -> Checked:
    """Have a file checked by a process that stands still until something was done to it."""
    check_file(file)
    (checker, *_) = apart._idle[-1:]
    os.kill(checker.process.pid, signal.SIGSTOP)
    found: list[Checked] = []
    asking = threading.Thread(target=lambda: found.append(check_file(file)))
    asking.start()
    while not _unread(checker.connection.fileno()):
        os.sched_yield()  # until the question lies before it: an idle one that ends is replaced by another
    act(checker.process.pid)
    os.kill(checker.process.pid, signal.SIGCONT)
    asking.join()
    return found[0]


def test_a_reader_that_ends_at_a_file_is_the_verdict_on_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(GOOD)
    receipt = at_work(file, lambda process: os.kill(process, signal.SIGABRT)).receipt
    assert [problem.code for problem in receipt.problems] == ["file_not_safe"]
    assert "has ended at it" in receipt.problems[0].message
    assert check_file(file).receipt.verdict == "accepted"


def test_a_reader_that_somebody_else_ends_is_no_fault_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(GOOD)
    assert at_work(file, lambda process: os.kill(process, signal.SIGKILL)).receipt.verdict == "accepted"


def test_a_file_that_takes_processor_time_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(GOOD)
    receipt = at_work(file, lambda process: os.kill(process, signal.SIGXCPU)).receipt  # what the bound below sends
    assert [problem.code for problem in receipt.problems] == ["file_not_safe"]
    assert "processor" in receipt.problems[0].message


def test_a_reader_has_bounds_from_the_first_file_on(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(GOOD)
    check_file(file)
    reader = apart._idle[-1].process.pid
    for kind, most in ((resource.RLIMIT_AS, 3_000_000_000), (resource.RLIMIT_CPU, 100_000)):
        soft, _ = resource.prlimit(reader, kind)
        assert 0 < soft < most


def test_a_refused_file_lies_in_quarantine_with_what_its_sender_is_told(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    far, good = inbox(folders, FAR__xlsx=far_away(), EST__csv=GOOD)
    receipts = collect_files("survey", [far, good], RECEIVED, folders)
    assert [receipt.verdict for receipt in receipts] == ["refused", "accepted"]
    (report,) = folders.quarantine.glob("survey/2024/FAR.xlsx.*/report.html")
    assert "500000" in report.read_text("utf-8")


def test_a_fault_of_the_reader_is_a_verdict_on_the_file_that_it_was_at(tmp_path: Path) -> None:
    (path,) = inbox(DataFolders(tmp_path), EST__xlsx=questionnaire())
    without_labels = replace(
        validation_context(), answer_labels=cast(Any, None)
    )  # at which reading a questionnaire fails
    arrival = arrive(path, "survey", RECEIVED)
    checked = apart.check_apart(arrival, without_labels)
    assert [problem.code for problem in checked.receipt.problems] == ["file_not_safe"]
