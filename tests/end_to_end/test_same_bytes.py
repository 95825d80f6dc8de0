"""The same inputs give the same bytes, whatever is around: time zone, locale, hash seed, threads, names of folders."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from command_line import PROCESS
from folder_tree import tree
from gci.core.paths import DataFolders
from published import BUILT_AT

RUNNER = Path(__file__).with_name("whole_way_process.py")
FAR_AWAY = {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "31415"}
THREADS = "4"

Files = dict[str, bytes | None]


@pytest.fixture(scope="module")
def releases(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """The release of 2020 as it is made here, and by a process that lives elsewhere and works with more threads."""
    folders = DataFolders(tmp_path_factory.mktemp("far_away"))
    environment = os.environ | BUILT_AT | {"PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run(
        [*PROCESS, str(RUNNER), str(folders.root), THREADS],
        env=environment | FAR_AWAY,
        check=True,
        capture_output=True,
    )
    assert folders.current.read_bytes() == (folders.release("2020", 1) / "gci.duckdb").read_bytes()
    return tree(published_data.release("2020", 1)), tree(folders.release("2020", 1))


def test_the_data_is_the_same_to_the_byte(releases: tuple[Files, Files]) -> None:
    here, far_away = releases
    data = [name for name in here if name.endswith((".duckdb", ".csv", ".parquet", ".xlsx"))]
    assert len(data) > 40
    assert [name for name in data if here[name] != far_away[name]] == []


def test_so_are_the_papers_and_there_is_no_file_more_or_less(releases: tuple[Files, Files]) -> None:
    here, far_away = releases
    assert here.keys() == far_away.keys()
    assert [name for name in here if here[name] != far_away[name]] == []
