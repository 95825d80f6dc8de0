"""Readers all through several publications: nobody waits, nobody fails, nobody sees half of anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import DataFolders
from gci.publish.release import publish
from small_candidate import sign_off, small_candidate

READER = Path(__file__).with_name("reading_process.py")
LAST = 6


def publish_vintage(folders: DataFolders, vintage: int) -> None:
    candidate = small_candidate(folders, vintage=vintage, score=50 + vintage)
    publish(candidate, sign_off(candidate), folders)


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    """The first vintage is published."""
    folders = DataFolders(tmp_path)
    publish_vintage(folders, 1)
    return folders


def test_a_reader_that_asks_all_the_time_gets_every_answer_whole(folders: DataFolders) -> None:
    stop = folders.root / "stop"
    reader = subprocess.Popen(
        [sys.executable, str(READER), str(folders.current), str(stop)], stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "vintage 1\n"
    for vintage in range(2, LAST + 1):
        publish_vintage(folders, vintage)
    while reader.stdout.readline() != f"vintage {LAST}\n":
        assert reader.poll() is None, "the reader ended before it saw the last vintage"
    stop.touch()
    said = json.loads(reader.stdout.read().splitlines()[-1])
    assert reader.wait() == 0
    assert said["wrong"] == []
    assert said["seen"][0] == 1
    assert said["seen"][-1] == LAST
    assert said["seen"] == sorted(said["seen"])


def test_who_has_the_old_file_open_keeps_it(folders: DataFolders) -> None:
    asked = "select edition, iso3, score from overall_scores order by all"
    with duckdb.connect(str(folders.current), read_only=True) as reader:
        before = reader.execute(asked).fetchall()
        publish_vintage(folders, 2)
        publish_vintage(folders, 3)
        assert reader.execute(asked).fetchall() == before
        in_a_new_process = subprocess.run(
            [
                sys.executable,
                "-c",
                f"import duckdb; print(duckdb.connect({str(folders.current)!r}, read_only=True)"
                ".execute('select max(vintage) from releases').fetchone()[0])",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert in_a_new_process.stdout == "3\n"


def test_a_reader_in_the_publishing_process_sees_the_new_file_too(folders: DataFolders) -> None:
    from gci.core.database.warehouse_file import reading

    with duckdb.connect(str(folders.current), read_only=True):
        publish_vintage(folders, 2)
        with reading(folders.current) as connection:
            assert connection.execute("select max(vintage) from releases").fetchone() == (2,)
