"""Both editions built from what they published, one after the other: 2020 released first, then 2024 on top of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gci.build.candidate import build, plan
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.release import publish
from landed import land_replay
from made_once import made_once
from small_candidate import sign_off, write_gates


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
    """Built once in a test run. The gates are taken as passed: they have tests of their own."""
    return made_once("warehouse", _made)


def _made(folder: Path) -> Warehouse:
    folders = DataFolders(folder)
    land_replay(folders, "2020")
    land_replay(folders, "2024")
    first = planned("2020", folders)
    build(first, folders)
    write_gates(first)
    publish(first, sign_off(first), folders)
    both = planned("2024", folders)
    build(both, folders)
    return Warehouse(folders, first, both)


def planned(edition: str, folders: DataFolders) -> Candidate:
    """The candidate of an edition that has news."""
    candidate = plan(edition, folders)
    assert candidate is not None, f"{edition} has no news"
    return candidate
