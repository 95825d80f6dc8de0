"""The same inputs give the same bytes, whatever is around: time zone, locale, hash seed, threads, names of folders."""

from __future__ import annotations

import pytest

from far_away import far_away
from folder_tree import tree
from gci.core.paths import DataFolders

Files = dict[str, bytes | None]


@pytest.fixture(scope="module")
def releases(published_data: DataFolders) -> tuple[Files, Files]:
    """The release of 2020 as it is made here, and by a process that lives elsewhere and works with more threads."""
    folders = far_away()
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
