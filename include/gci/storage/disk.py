"""A warehouse on one disk: what was made is there for all who read it, so that nothing is pulled or pushed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.storage.damage import put_aside
from gci.storage.storage import Storage


def on_disk(folders: DataFolders) -> Storage:
    """The warehouse in these folders."""
    return Storage(folders, str(folders.root), _Inbox(folders), _Landing(folders), _Candidates(), _ReleaseLog())


@dataclass(frozen=True)
class _Inbox:
    folders: DataFolders

    @property
    def at_hand(self) -> Path:
        return self.folders.inbox

    def pull(self, kind: Kind) -> None: ...

    def pull_files(self, paths: Iterable[Path]) -> None: ...

    def acknowledge(self, path: Path, digest: str) -> None: ...

    def submit(self, kind: Kind) -> None: ...


@dataclass(frozen=True)
class _Landing:
    folders: DataFolders

    def land(self, content: Path, target: Path) -> bool:
        try:
            os.link(content, target)  # unlike a rename, it fails where somebody was first
        except FileExistsError:
            return False
        return True

    def pull(self) -> None: ...

    def pull_verdicts(self, kind: Kind) -> None: ...

    def pull_receipts(self) -> None: ...

    def push_refused(self, folder: Path) -> None: ...

    def push_remembered(self, source: str) -> None: ...

    @contextmanager
    def mending(self, damaged: Path) -> Iterator[DataFolders]:
        put_aside(damaged)
        yield self.folders


class _Candidates:
    def pull(self, name: str | None = None) -> None: ...

    def push(self, name: str) -> None: ...

    def push_rejections(self) -> None: ...


class _ReleaseLog:
    """The folders below published/ are the log, and the rename that puts a release among them the moment."""

    def pull(self) -> None: ...

    def commit(self, folder: Path, edition: str, vintage: int, sequence: int) -> None: ...

    def complete(self) -> None: ...
