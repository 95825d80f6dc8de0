"""Collects two files and seals them, again and again in a process that is killed at its first, second, … act on disk.

After each kill nothing may be lost, and a second run must leave all as one undisturbed run would. The acts are seen
through the interpreter's audit events, so the code under test runs as it is. Run as a script: forking needs a process
without threads. The runs after the kills are those of one process, whose readers stay: to start them costs most.
Prints the number of acts; exits with a traceback when a promise is broken.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.collect.quarantine import refusals
from gci.core.paths import DataFolders
from gci.diagnostics.problems import catalogue
from gci.partners.contracts import contracts
from gci.reference.validation_context import validation_context
from gci.reread.mend import mend
from gci.storage import landing
from gci.storage.chain import read, seal
from gci.storage.landed_rows import digest_of_rows

HEADER = b"edition,iso3,item,answer,evidence_url,comment\n"
GOOD = HEADER + b"2024,EST,ls1,0.5,,\n"
BAD = HEADER + b"2024,EST,ls1,87.5,,\n"
ACTS = {"open", "os.link", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.copyfile"}
FIRST_RUN = datetime(2026, 1, 5, tzinfo=UTC)
SECOND_RUN = datetime(2026, 1, 6, tzinfo=UTC)


def collect(folders: DataFolders, received_at: datetime) -> None:
    collect_files("survey", waiting("survey", folders), received_at, folders)
    seal(folders)


def collect_until(act: int, folders: DataFolders) -> None:
    """Collect; at the act of that number on the data folder the process is killed."""
    seen = 0

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in ACTS and str(folders.root) in str(args[0]):
            seen += 1
            if seen == act:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    collect(folders, FIRST_RUN)


def assert_nothing_lost(folders: DataFolders) -> None:
    there = [path.read_bytes() for path in folders.root.rglob("*") if path.is_file()]
    assert GOOD in there
    assert BAD in there


def assert_as_one_run(folders: DataFolders) -> None:
    """Each file once, where it belongs, the receipt in step with the rows."""
    assert not [path for path in (folders.inbox / "survey").rglob("*") if path.is_file()]
    (receipt,) = landing.receipts(folders)
    assert landing.as_landed(receipt, folders) == receipt
    assert digest_of_rows(landing.rows_file("survey", receipt.digest, folders)) == receipt.rows_digest
    (one,), breaks = read(folders.landing)
    assert ([entry.digest for entry in one.entries], breaks) == ([receipt.digest], [])
    assert mend(folders) == []
    assert [path.read_bytes() for path in (folders.landing / "files").glob("[!.]*")] == [GOOD]
    assert len(list((folders.landing / "survey").glob("[!.]*"))) == 2  # the rows, and the file of none
    (refusal,) = refusals(folders)
    (folder,) = (folders.quarantine / "survey" / "2024").glob("[!.]*")
    assert sorted(path.name for path in folder.iterdir()) == ["bad.csv", "receipt.json", "report.html"]
    assert (folder / "bad.csv").read_bytes() == BAD
    assert refusal.verdict == "refused"


def finish(folders: DataFolders) -> None:
    """The run after the kill."""
    collect(folders, SECOND_RUN)
    assert_as_one_run(folders)


class Finisher:
    """A process that does the run after each kill: told to, it says when all is as it should be."""

    def __init__(self, folders: DataFolders) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            if os.fork() == 0:
                self._ours.close()
                self._serve(theirs, folders)
            # What is split off from here on must not keep the line open.
            os.register_at_fork(after_in_child=self._ours.close)

    def finish(self) -> bool:
        """Have it done; False when a promise was broken, which is then on stderr."""
        self._ours.sendall(b"go")
        return self._ours.recv(2) == b"ok"

    @staticmethod
    def _serve(line: socket.socket, folders: DataFolders) -> None:
        try:
            while line.recv(2):
                finish(folders)
                line.sendall(b"ok")
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        sys.exit()


def forked(work: Callable[[], None]) -> int:
    """Do the work in a process of its own; gives its exit status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def fresh(root: Path) -> DataFolders:
    shutil.rmtree(root, ignore_errors=True)
    folders = DataFolders(root)
    inbox = folders.inbox / "survey" / "2024"
    inbox.mkdir(parents=True)
    (inbox / "good.csv").write_bytes(GOOD)
    (inbox / "bad.csv").write_bytes(BAD)
    return folders


def main(root: str) -> int:
    validation_context(), contracts(), catalogue()
    act = 0
    status = -1
    finisher = Finisher(DataFolders(Path(root)))
    while status:
        act += 1
        folders = fresh(Path(root))
        status = forked(partial(collect_until, act, folders))
        assert status == 0 or os.WIFSIGNALED(status), f"act {act}"
        assert_nothing_lost(folders)
        assert finisher.finish(), f"run after a kill at act {act}"
    return act


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
