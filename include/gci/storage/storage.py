"""What the stages ask of the place where things lie. They say what; the door (gci.storage.door) says where.

Every stage works on the folders of its own disk. `pull` has at hand there what others have made, `push` keeps for
others what was made here. Where all lies on one disk (gci.storage.disk) there is nothing to pull or push; machines that
share an object store (gci.storage.object_store) are one warehouse by it.

All of it raises TryAgain when the place cannot be reached, or refuses. What is published is then as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.core.records import Kind


class Inbox(Protocol):
    """What has arrived and waits to be collected."""

    @property
    def at_hand(self) -> Path:
        """The folder from which files are collected: <kind>/<edition or source>/."""

    def pull(self, kind: Kind) -> None:
        """Have at hand all that waits in the inbox of a kind, and let go of what has left it meanwhile."""

    def pull_files(self, paths: Iterable[Path]) -> None:
        """Have at hand certain files, named below `at_hand`, as they are by now; one that has left is gone."""

    def acknowledge(self, path: Path, digest: str) -> None:
        """Let a collected file leave for all, unless a newer one of its name has come.

        Args:
            path: where it was collected, below `at_hand`.
            digest: SHA-256 of what was collected.
        """

    def submit(self, kind: Kind) -> None:
        """Hand in what lies in the inbox of this disk. Hidden files and unfinished ones stay."""


class Landing(Protocol):
    """What was accepted, never rewritten; and what is kept of what was refused."""

    def land(self, content: Path, target: Path) -> bool:
        """Give finished bytes their name in the landing zone, if nobody was first.

        Args:
            content: the bytes, whole and on the disk; they stay.
            target: the file that they are for.

        Returns:
            False when the name was taken: what is there lies at `target`.
        """

    def pull(self) -> None:
        """Have at hand what has landed elsewhere, and what is remembered of partners."""

    def pull_verdicts(self, kind: Kind) -> None:
        """Have at hand what was said of files that others have collected: receipts, decisions, quarantine."""

    def pull_receipts(self) -> None:
        """Have at hand receipts and seals of what has landed elsewhere."""

    def push_refused(self, folder: Path) -> None:
        """Keep the folder of a refused file; its receipt last, which says that all of it is there."""

    def push_remembered(self, source: str) -> None:
        """Keep what is remembered of a partner, in place of what was."""

    def mending(self, damaged: Path) -> AbstractContextManager[DataFolders]:
        """Put a damaged file aside under a hidden name, and keep for all what the block writes in its place.

        Gives the folders to write it with: of this disk alone, since elsewhere its name is taken.
        """


class Candidates(Protocol):
    """What was built and waits: a folder each, there whole, in one version, or not at all."""

    def pull(self, name: str | None = None) -> None:
        """Have at hand a candidate, or all of them and what is kept of rejections."""

    def push(self, name: str) -> None:
        """Keep a candidate as it is now. Raises TryAgain when another worker has changed it since it was pulled."""

    def push_rejections(self) -> None:
        """Keep what was said of candidates that were rejected."""


class ReleaseLog(Protocol):
    """Which releases are out, in the order in which they went."""

    def pull(self) -> None:
        """Have at hand all releases, and with the newest the file that analysts read.

        Raises Blocked when this disk has releases that the log does not know of.
        """

    def commit(self, folder: Path, edition: str, vintage: int, sequence: int) -> None:
        """Publish a finished release for all, or not at all, before it gets its place on this disk.

        Args:
            folder: the release's files, whole.
            edition: what it is about.
            vintage: its vintage.
            sequence: its place among all releases, from 1.

        Raises:
            TryAgain: another release has taken the place.
        """

    def complete(self) -> None:
        """Lay out what the log says where people read it. Repeating it changes nothing; any worker may do it."""


@dataclass(frozen=True)
class Storage:
    """Where a warehouse lies.

    Attributes:
        folders: the folders of this disk.
        address: what people call the place of `folders.root`.
        inbox: what arrives.
        landing: what was accepted or refused.
        candidates: what was built.
        release_log: what is out.
    """

    folders: DataFolders
    address: str
    inbox: Inbox
    landing: Landing
    candidates: Candidates
    release_log: ReleaseLog

    def where(self, path: Path) -> str:
        """Where people find what lies at a path of this disk's folders."""
        return f"{self.address}/{path.relative_to(self.folders.root).as_posix()}"

    def pull(self, candidate: str | None = None) -> None:
        """Have at hand what others have made: landing, releases, and a candidate (None: all of them)."""
        self.landing.pull()
        self.release_log.pull()
        self.candidates.pull(candidate)

    def push(self, candidate: str) -> None:
        """Keep what became of a candidate, and complete what is published."""
        self.candidates.push(candidate)
        self.release_log.complete()

    @contextmanager
    def working_on(self, candidate: str) -> Iterator[None]:
        """Have all at hand that the work on a candidate reads; keep what becomes of it.

        Also after a refusal: the reports of a gate that failed are what a person looks for.

        Args:
            candidate: its folder's name.
        """
        self.pull(candidate)
        try:
            yield
        except GciError:
            self.push(candidate)
            raise
        self.push(candidate)

    @contextmanager
    def fetching(self, source: str) -> Iterator[None]:
        """Have at hand what is remembered of a partner; hand in the file that comes, keep what is known by then."""
        self.landing.pull()
        try:
            yield
        finally:
            self.inbox.submit("partners")
            self.landing.push_remembered(source)
