"""A disk and a store side by side, where a file has the same name: what both sides of the storage are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gci.core.paths import DataFolders
from gci.storage.object_store.objects import Store, each


@dataclass(frozen=True)
class Mirror:
    """What all parts of a storage in a store stand on.

    Attributes:
        store: where all find it.
        folders: where this machine has it.
    """

    store: Store
    folders: DataFolders

    def name_of(self, path: Path) -> str:
        """The name under which a file of the data folder lies in the store."""
        return path.relative_to(self.folders.root).as_posix()

    def download(self, names: Iterable[str]) -> None:
        """Download objects to their places on this disk, in place of what is there."""
        each(lambda name: self.store.download(name, self.folders.root / name), names)

    def download_below(self, *homes: Path) -> None:
        """Download what lies in the store below folders and is not at hand."""
        for home in homes:
            self.download([name for name in self.store.listed(self.name_of(home) + "/") if self.lacks(name)])

    def lacks(self, name: str) -> bool:
        """Whether an object is not at hand."""
        return not (self.folders.root / name).is_file()

    def put(self, path: Path) -> None:
        """Put a file in place of an older one; one that is not there is passed over."""
        if path.is_file():
            self.store.put(self.name_of(path), path)

    def put_below(self, folder: Path, last: str = "") -> None:
        """Put all files of a folder, the one named `last` after the others: it says that all are there."""
        for path in sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.name == last):
            self.store.put(self.name_of(path), path)
