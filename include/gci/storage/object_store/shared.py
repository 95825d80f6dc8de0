"""A task's share of the store: what it reads is at hand before it begins, what it made is kept before it reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.storage.object_store import candidates, inbox, landed, published


@contextmanager
def synced(folders: DataFolders, candidate: str | None = None) -> Iterator[None]:
    """Have the landing zone, what is published and a candidate at hand; keep what becomes of the candidate.

    Also after a refusal: the reports of a gate that failed are what a person looks for. Without a store all lies here
    anyway and nothing happens.

    Args:
        folders: the data folder.
        candidate: the folder of the candidate that the task is about; None for a task that looks at all of them.
    """
    pull(folders, candidate)
    try:
        yield
    except GciError:
        push(folders, candidate)
        raise
    push(folders, candidate)


@contextmanager
def gathering(source: str, folders: DataFolders) -> Iterator[None]:
    """Have at hand what is remembered of a partner; hand in the file that comes, then keep what is remembered now."""
    remembered = folders.gathered / f"{source}.json"
    landed.pull_landing(folders)
    try:
        yield
    finally:
        inbox.submit("partners", folders)
        landed.push_landed(remembered, folders)


def pull(folders: DataFolders, candidate: str | None = None) -> None:
    """Bring what other machines have made. Raises TryAgain when the store cannot be reached."""
    landed.pull_landing(folders)
    published.pull_published(folders)
    candidates.pull_candidate(folders, candidate)


def push(folders: DataFolders, candidate: str | None) -> None:
    """Keep what became of a candidate, and complete what is published."""
    if candidate:
        candidates.push_candidate(folders, candidate)
    published.complete(folders)
