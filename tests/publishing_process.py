"""Publishes a candidate in a process of its own: `python publishing_process.py CANDIDATE_FOLDER DATA_ROOT [KILL_AT]`.

With KILL_AT the process kills itself with SIGKILL just before its KILL_AT-th touch of the file system (or start of
another process), as Python's audit events count them; with 0 it prints how many there are, and which one is the last
before readers have another file. Exit 1 for an error that is meant for a person.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from pathlib import Path

import duckdb
import xlsxwriter

from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.core.versions import code_version
from gci.publish.release import publish
from small_candidate import sign_off

TOUCHES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "subprocess.Popen"}


class Killer:
    """Counts the touches of a folder, ends the process at the chosen one, and sees when readers have another file."""

    def __init__(self, at: int, folders: DataFolders) -> None:
        self.at, self.root, self.count, self.swap = at, str(folders.published), 0, 0
        self.current, self.before = folders.current, _which(folders.current)
        self.numbers = itertools.count(1)  # of touches, of which some are side by side

    def __call__(self, event: str, about: tuple[object, ...]) -> None:
        if event in TOUCHES and (event == "subprocess.Popen" or str(about[0]).startswith(self.root)):
            number = next(self.numbers)
            self.count = max(self.count, number)
            if not self.swap and _which(self.current) != self.before:
                self.swap = number - 1
            if number == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def _which(file: Path) -> int | None:
    """Which file lies there now; None for none."""
    return file.stat().st_ino if file.exists() else None


def main(folder: Path, root: Path, kill_at: int | None) -> None:
    edition, vintage = folder.name.split("-v")[0], int(folder.name.split("-v")[1].split("-")[0])
    inputs = json.loads((folder / "gates" / "landed.json").read_text())["inputs_digest"]
    candidate = Candidate(edition, vintage, folder, inputs)
    signed = sign_off(candidate)
    warm = (duckdb, xlsxwriter, code_version())
    if kill_at is None:
        publish(candidate, signed, DataFolders(root))
        return
    killer = Killer(kill_at, DataFolders(root))
    sys.addaudithook(killer)
    publish(candidate, signed, DataFolders(root))
    killer.at = -1
    assert warm
    print(killer.count, killer.swap)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None)
    except GciError as error:
        sys.exit(f"{type(error).__name__}: {error}")
