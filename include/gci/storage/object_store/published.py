"""Publication through the store: a log of releases with one writer per place, in place of a rename and a lock.

The files of a release are put under their digests first, where nobody looks. The release is published at the moment at
which its entry of the log is there: `published/log/<place>.json`, put on the condition that the place is free. Of two
that publish at once, one is first, and the other has changed nothing. What people read, `published/<edition>/v<k>/` and
`published/gci.duckdb`, follows from the log alone, so that whoever comes next completes what a killed worker left.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.core import canonical_json
from gci.core.atomic_file import put
from gci.core.checksums import SUMS, sha256, sums
from gci.core.errors import Blocked, TryAgain
from gci.core.file_lock import file_lock
from gci.storage.object_store.mirror import Mirror
from gci.storage.object_store.objects import Entry, Store, each

_LOG, _BYTES, _CURRENT = "published/log/", "published/bytes/", "published/gci.duckdb"
_SEQUENCE = "sequence"
# What tells readers of releases, beside them: feeds, and pages that are of no release.
_TOLD = ("*.xml", "*.html", "feeds/**/*.xml", "latest/**/*.html")


@dataclass(frozen=True)
class _Published:
    """An entry of the log: a release's place among all, what it is, and the digest of each of its files."""

    sequence: int
    edition: str
    vintage: int
    files: dict[str, str]


class ReleaseLogInStore(Mirror):
    """The log of releases. The put of an entry is the moment of publication."""

    def commit(self, folder: Path, edition: str, vintage: int, sequence: int) -> None:
        """Put the files under their digests, then the entry. Raises TryAgain when another has taken the place."""
        files = sums(folder) | {SUMS: sha256(folder / SUMS)}
        each(lambda name: self.store.put_new(_BYTES + files[name], folder / name), files)
        entry = {"sequence": sequence, "edition": edition, "vintage": vintage, "files": files}
        text = canonical_json.document(entry)
        place = f"{_LOG}{sequence:06}.json"
        if not self.store.put_new(place, text) and self.store.read(place) != text:
            raise TryAgain(
                f"Another worker has published a release in the meantime ({self.store.address(place)}): build the "
                "candidate again. Nothing was published by this one."
            )

    def complete(self) -> None:
        """Copy what the log names to where people read it."""
        log = _log(self.store)
        there = self.store.listed("published/")
        for entry in log:
            home = f"{self.name_of(self.folders.release(entry.edition, entry.vintage))}/"
            # SHA256SUMS last: a release that has it is whole.
            for name in sorted(entry.files, key=lambda name: (name == SUMS, name)):
                if home + name not in there:
                    self.store.copy(_BYTES + entry.files[name], home + name)
        if log:
            _put_current(self.store, log[-1])
            self._put_told(log[-1])

    def pull(self) -> None:
        """Bring the releases of the store that are not at hand, and with the newest the file that analysts read.

        Raises:
            Blocked: this data folder has releases that the store does not know of.
            TryAgain: the store cannot be reached, or gives other bytes than were published.
        """
        from gci.storage.published import recover

        log = _log(self.store)
        self.folders.published.mkdir(parents=True, exist_ok=True)
        with file_lock(self.folders.published / ".pull.lock", wait=True):
            for entry in log:
                if not self.folders.release(entry.edition, entry.vintage).is_dir():
                    self._bring(entry)
            self._same_history(log)
            with suppress(TryAgain):  # a publication on this very machine is under way: it puts its own file in place
                recover(self.folders)

    def _put_told(self, newest: _Published) -> None:
        """Put what tells of releases, if it is at hand as of the newest one; latest.json, which says so, last."""
        path = self.folders.published / "latest.json"
        try:
            said = json.loads(path.read_bytes())["sequence"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        if said != newest.sequence:
            return  # another worker published it, and puts its own
        if self.store.read(self.name_of(path)) == path.read_bytes():
            return
        each(self.put, sorted(one for told in _TOLD for one in self.folders.published.glob(told)))
        self.put(path)

    def _bring(self, entry: _Published) -> None:
        release = self.folders.release(entry.edition, entry.vintage)
        part = self.folders.brought / "published" / f"{entry.edition}-v{entry.vintage}.{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir(parents=True)
            each(lambda name: self.store.download(_BYTES + entry.files[name], part / name), entry.files)
            if sums(part) | {SUMS: sha256(part / SUMS)} != entry.files:
                raise TryAgain(
                    f"The files of {entry.edition}@v{entry.vintage} are not what {self.store.address(_LOG)} says of "
                    "them. Call again; if it stays so, bring the store back from a backup. Nothing was published."
                )
            release.parent.mkdir(parents=True, exist_ok=True)
            put(part, release)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _same_history(self, log: list[_Published]) -> None:
        from gci.storage.release_log import releases

        known = {(entry.edition, entry.vintage) for entry in log}
        own = [release for release in releases(self.folders) if (release.edition, release.vintage) not in known]
        if own:
            raise Blocked(
                f"{own[0].folder} is not published in {self.store.address('published/')}: one data folder serves one "
                "store. Begin with an empty GCI_DATA. Nothing was changed."
            )


def _log(store: Store) -> list[_Published]:
    names = [name for name in store.listed(_LOG) if name.endswith(".json")]
    entries: list[dict[str, Any]] = [json.loads(text) for name in names if (text := store.read(name))]
    return sorted((_Published(**entry) for entry in entries), key=lambda entry: entry.sequence)


def _put_current(store: Store, newest: _Published) -> None:
    """Make gci.duckdb that of the newest release in one put. An older release never takes the place of a newer one."""
    content = store.read(_BYTES + newest.files["gci.duckdb"])
    before = store.look(_CURRENT)
    if content is None or (before and _sequence(before) >= newest.sequence):
        return
    said = {_SEQUENCE: str(newest.sequence)}
    put = store.put_over(_CURRENT, content, before, **said) if before else store.put_new(_CURRENT, content, **said)
    if not put:  # another worker was faster: with this release, or a newer one
        complete_again = store.look(_CURRENT)
        if complete_again is None or _sequence(complete_again) < newest.sequence:
            raise TryAgain(f"{store.address(_CURRENT)} is being replaced by another worker: call again.")


def _sequence(entry: Entry) -> int:
    return int(entry.said.get(_SEQUENCE, "0"))
