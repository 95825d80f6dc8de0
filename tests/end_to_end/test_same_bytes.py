"""The same inputs give the same bytes, whatever is around: time zone, locale, hash seed, threads, names of folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from folder_tree import tree
from gci.core.paths import DataFolders

RUNNER = Path(__file__).with_name("whole_way_process.py")
AROUND = {
    "here": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "threads": "1"},
    "far_away": {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "31415", "threads": "4"},
}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes | None]]:
    """What lies in published/ after each of the two runs, which never run at the same moment."""
    found = {}
    for name, around in AROUND.items():
        folders = DataFolders(tmp_path_factory.mktemp(name))
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run(
            [sys.executable, str(RUNNER), str(folders.root), "2020", around["threads"]],
            env=environment | around,
            check=True,
            capture_output=True,
        )
        found[name] = tree(folders.published)
    return found


def test_the_data_is_the_same_to_the_byte(releases: dict[str, dict[str, bytes | None]]) -> None:
    here, far_away = releases.values()
    data = [name for name in here if name.endswith((".duckdb", ".csv", ".parquet", ".xlsx"))]
    assert len(data) > 40
    assert [name for name in data if here[name] != far_away[name]] == []


def test_so_are_the_papers_and_there_is_no_file_more_or_less(releases: dict[str, dict[str, bytes | None]]) -> None:
    here, far_away = releases.values()
    assert here.keys() == far_away.keys()
    assert [name for name in here if here[name] != far_away[name]] == []
