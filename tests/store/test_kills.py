"""A worker that is killed at a message to the store loses nothing and leaves nothing half visible."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gci.paths import PROJECT


def kills(process: str, root: Path, store: str, step: int) -> int:
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "tests"), "SOURCE_DATE_EPOCH": "1790000000"}
    run = [sys.executable, f"tests/store/{process}.py", str(root), store, str(step)]
    done = subprocess.run(run, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_collecting(store: str, tmp_path: Path) -> None:
    assert kills("collecting_process", tmp_path, store, 7) > 3


def test_publishing(store: str, tmp_path: Path) -> None:
    assert kills("publishing_process", tmp_path, store, 40) > 1


@pytest.mark.slow
def test_collecting_at_every_message(store: str, tmp_path: Path) -> None:
    assert kills("collecting_process", tmp_path, store, 1) > 30


@pytest.mark.slow
def test_publishing_at_many_messages(store: str, tmp_path: Path) -> None:
    assert kills("publishing_process", tmp_path, store, 5) > 20
