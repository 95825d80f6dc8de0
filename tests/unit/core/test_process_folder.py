"""Folders that last as long as a process, however that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gci.core.process_folder import process_folder

MAKES_ONE = (
    "import os; from gci.core.process_folder import process_folder; print(process_folder('trial'), flush=True); "
)


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def _made_by(end: str) -> Path:
    run = subprocess.run([sys.executable, "-c", MAKES_ONE + end], capture_output=True, text=True, check=False)
    return Path(run.stdout.strip())


def test_it_goes_with_its_process() -> None:
    assert not _made_by("").exists()


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_what_a_process_could_not_take_away_the_next_one_does(end: str) -> None:
    left = _made_by(end)
    assert left.is_dir()
    process_folder("trial")
    assert not left.exists()


def test_what_a_living_process_has_stays_and_so_does_what_is_not_ours(tmp_path: Path) -> None:
    strange = [tmp_path / name for name in ("gci-trial-notes-1", "gci-trial", "gci-trials-1-x")]
    for folder in strange:
        folder.mkdir()
    here = process_folder("trial")
    process_folder("trial")
    assert here.is_dir()
    assert here.name.split("-")[2] == str(os.getpid())
    assert all(folder.is_dir() for folder in strange)
