"""A task's share of the store: what it reads is at hand before it begins, what it made is kept before it reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.storage.object_store import candidates, inbox, landed, published


@contextmanager
def at_hand(folders: DataFolders, candidate: str | None = None) -> Iterator[None]:
    """Have the landing zone, what is published and a candidate at hand; keep what becomes of the candidate.

    Also after a refusal: the reports of a gate that failed are what a person looks for. Without a store all lies here
    anyway and nothing happens.

    Args:
        folders: the data folder.
        candidate: the folder of the candidate that the task is about; None for a task that looks at all of them.
    """
    bring(folders, candidate)
    try:
        yield
    except GciError:
        keep(folders, candidate)
        raise
    keep(folders, candidate)


@contextmanager
def gathering(source: str, folders: DataFolders) -> Iterator[None]:
    """Have at hand what is remembered of a partner; hand in the file that comes, then keep what is remembered now."""
    remembered = folders.gathered / f"{source}.json"
    landed.bring(folders)
    try:
        yield
    finally:
        inbox.hand_in("partners", folders)
        landed.keep(remembered, folders)


def bring(folders: DataFolders, candidate: str | None = None) -> None:
    """Bring what other machines have made. Raises TryAgain when the store cannot be reached."""
    landed.bring(folders)
    published.bring(folders)
    candidates.bring(folders, candidate)


def keep(folders: DataFolders, candidate: str | None) -> None:
    """Keep what became of a candidate, and complete what is published."""
    if candidate:
        candidates.keep(folders, candidate)
    published.complete(folders)
