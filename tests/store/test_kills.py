"""A worker that is killed at a message to the store loses nothing and leaves nothing half visible."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gci.core.paths import PROJECT
from store.killing import BODY


def kills(process: str, root: Path, store: str, step: int) -> list[str]:
    """The messages to the store that the process was killed at, each survived."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "tests"), "SOURCE_DATE_EPOCH": "1790000000"}
    run = [sys.executable, f"tests/store/{process}.py", str(root), store, str(step)]
    done = subprocess.run(run, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def changed(messages: list[str], places: tuple[str, ...]) -> set[str]:
    """The places of the store in which something was to be written or removed by one of the messages."""
    changing = [message for message in messages if message.startswith(("PUT", "DELETE"))]
    return {place for place in places if any(f"/{place}" in message for message in changing)}


def test_collecting(store: str, tmp_path: Path) -> None:
    assert len(kills("collecting_process", tmp_path, store, 7)) > 3


def test_publishing(store: str, tmp_path: Path) -> None:
    assert len(kills("publishing_process", tmp_path, store, 40)) > 1


@pytest.mark.slow
def test_collecting_at_every_message(store: str, tmp_path: Path) -> None:
    messages = kills("collecting_process", tmp_path, store, 1)
    assert {message.split()[0] for message in messages} == {"GET", "HEAD", "PUT", "DELETE"}
    assert [message for message in messages if message.endswith(BODY)]
    places = tuple(f"landing/{folder}/" for folder in ("survey", "files", "receipts", "reports"))
    places += ("quarantine/", "inbox/")
    assert changed(messages, places) == set(places)


@pytest.mark.slow
def test_publishing_at_every_second_message(store: str, tmp_path: Path) -> None:
    """The put into the log, which makes the release, is two messages in a row: one of them is met."""
    messages = kills("publishing_process", tmp_path, store, 2)
    places = ("published/bytes/", "published/log/", "published/2024/v1/", "published/gci.duckdb")
    assert changed(messages, places) == set(places)
