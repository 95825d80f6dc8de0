"""The two data folders that most tests read, made in one go: 2020 released and 2024 built, then both released."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gci.build.candidate import plan
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from made_once import made_once
from published import BUILT_AT, EDITIONS, publish_editions


@dataclass(frozen=True)
class Warehouse:
    """A data folder in which 2020 is published and 2024 is built. Read it, change nothing.

    Attributes:
        folders: the data folder.
        first: the candidate of 2020, alone in its file.
        both: the candidate of 2024; its file holds both editions.
    """

    folders: DataFolders
    first: Candidate
    both: Candidate


def warehouse() -> Warehouse:
    """As it was before the gates of 2024. Made once in a test run."""
    return _made_both()[0]


def published() -> DataFolders:
    """A data folder in which 2020 and 2024 went from the inbox to published/. Made once in a test run; read it."""
    return _made_both()[1]


def _made_both() -> tuple[Warehouse, DataFolders]:
    return made_once("warehouse", _made)


def _made(folder: Path) -> tuple[Warehouse, DataFolders]:
    """Publish both editions in folder/published; folder/built has what lay there when the last one was built."""
    folders, before = DataFolders(folder / "published"), DataFolders(folder / "built")
    candidates = {}

    def keep(candidate: Candidate) -> None:
        candidates[candidate.edition] = replace(candidate, folder=before.candidates / candidate.folder.name)
        if candidate.edition == EDITIONS[-1]:
            shutil.copytree(folders.root, before.root, symlinks=True)

    with pytest.MonkeyPatch.context() as patch:
        for name, value in BUILT_AT.items():
            patch.setenv(name, value)
        publish_editions(EDITIONS, folders, built=keep)
    return Warehouse(before, candidates["2020"], candidates["2024"]), folders


def planned(edition: str, folders: DataFolders) -> Candidate:
    """The candidate of an edition that has news."""
    candidate = plan(edition, folders)
    assert candidate is not None, f"{edition} has no news"
    return candidate
