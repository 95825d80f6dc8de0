"""The same days twice: collected in one order and looked at on 10 April, and in the other and looked at in the end."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from gci.casework.refresh import refresh
from gci.core.paths import DataFolders
from made_once import made_once
from round_of_2026 import day, first_days


@pytest.fixture(scope="session")
def april() -> DataFolders:
    """The round on 10 April. Read it; copy it to change it."""
    return made_once("april", partial(_round, on=(4, 10), backwards=False))


@pytest.fixture(scope="session")
def over() -> DataFolders:
    """The same round five days after its end; the files of each run were collected backwards."""
    return made_once("over", partial(_round, on=(7, 5, 2027), backwards=True))


def _round(root: Path, on: tuple[int, ...], backwards: bool) -> DataFolders:
    folders = DataFolders(root)
    first_days(folders, backwards)
    with day(*on):
        assert refresh(folders)
    return folders
