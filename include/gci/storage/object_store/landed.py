"""The landing zone in the store: every file put there once, by whoever is first, and brought to whoever lacks it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.storage.damage import put_aside
from gci.storage.object_store.mirror import Mirror


class LandingInStore(Mirror):
    """What was accepted, put once and for all; what was refused; what is remembered of partners."""

    def land(self, content: Path, target: Path) -> bool:
        """The store decides who is first: what has its name here has it there."""
        name = self.name_of(target)
        if not self.store.put_new(name, content):
            self.store.download(name, target)
            return False
        with suppress(FileExistsError):
            os.link(content, target)
        return True

    def pull(self) -> None:
        """Bring what has landed elsewhere; what is remembered of partners, which changes, as it is now."""
        remembered = self.name_of(self.folders.gathered) + "/"
        names = self.store.listed(self.name_of(self.folders.landing) + "/")
        self.download([name for name in names if name.startswith(remembered) or self.lacks(name)])

    def pull_verdicts(self, kind: Kind) -> None:
        """Bring what was said of files that others have collected, and what was decided."""
        landing = self.folders.landing
        self.download_below(landing / "decisions", landing / "receipts", self.folders.quarantine / kind)

    def pull_receipts(self) -> None:
        """Bring the receipts and the seals of what has landed elsewhere."""
        self.download_below(self.folders.landing / "receipts", self.folders.chain)

    def push_refused(self, folder: Path) -> None:
        """Put all files of the folder; its receipt last."""
        self.put_below(folder, last="receipt.json")

    def push_remembered(self, source: str) -> None:
        """Put what is remembered in place of what was."""
        self.put(self.folders.gathered / f"{source}.json")

    @contextmanager
    def mending(self, damaged: Path) -> Iterator[DataFolders]:
        """Have the block write on this disk alone, then put that in place of the damaged object."""
        put_aside(damaged)
        yield DataFolders(self.folders.root)
        self.put(damaged)
