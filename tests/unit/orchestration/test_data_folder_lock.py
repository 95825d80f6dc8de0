"""Who holds a data folder: what a killed process left behind is waited for, one that lives is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.orchestration.runs.data_folder_lock import data_folder_lock

HOLDS = """
import fcntl, sys
held = open(sys.argv[1], "a+")
fcntl.flock(held, fcntl.LOCK_EX)
held.truncate(0); held.write(f"`gci up`, process {sys.argv[2]}, since then"); held.flush()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    folders = DataFolders(tmp_path)
    folders.airflow.mkdir()
    return folders


def holding(folders: DataFolders, named: int) -> subprocess.Popen[str]:
    """A process that holds the lock, in the name of another one."""
    file = folders.airflow / "gci-run.lock"
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDS, file, str(named)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert held.stdout
    assert held.stdout.readline() == "held\n"
    return held


def test_one_that_lives_is_not_waited_for(folders: DataFolders) -> None:
    held = holding(folders, os.getpid())
    try:
        with pytest.raises(TryAgain, match=f"process {os.getpid()}"), data_folder_lock(folders, "me", wait=600):
            pass
    finally:
        held.communicate()


def test_what_a_killed_one_left_behind_is_waited_for(folders: DataFolders) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    held = holding(folders, gone.pid)
    said: list[str] = []

    def told(line: str) -> None:
        said.append(line)
        assert held.stdin
        held.stdin.close()  # the part ends now that somebody waits

    with data_folder_lock(folders, "me", wait=600, say=told):
        assert len(said) == 1
        assert str(gone.pid) in said[0]
        assert "me, process" in (folders.airflow / "gci-run.lock").read_text()
    held.wait()
