"""Candidates in the store: each folder as one archive, so that it is there whole, in one version, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gci.core.checksums import sums
from gci.core.errors import TryAgain
from gci.storage.object_store.mirror import Mirror
from gci.storage.object_store.objects import Entry

_LAYERS = "dbt"  # what dbt leaves besides the candidate; nobody reads it but the one who looks for a fault
# Nothing but files and folders below the target. The Python 3.11.2 of Debian 12 cannot ask for that: there the archives
# are trusted as much as whoever may write to the store.
_PLAIN: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


@dataclass(frozen=True)
class _Version:
    """Which version of a candidate lies here.

    Attributes:
        etag: that of its archive in the store.
        digest: what the archive holds.
    """

    etag: str
    digest: str


class CandidatesInStore(Mirror):
    """Candidates, each put in place of exactly the version that was brought."""

    def pull(self, name: str | None = None) -> None:
        """Bring a candidate, or all, in the version that is in the store; one that is here in that version stays."""
        for key, entry in self.store.listed("candidates/").items():
            inner = key.removeprefix("candidates/").removesuffix(".tar")
            if _archive(inner) == key and name in (None, inner):
                self._bring(inner, entry)
        self.download_below(self.folders.rejections)

    def push(self, name: str) -> None:
        """Keep a candidate as it is now. Raises TryAgain when another worker has changed it since it was brought."""
        folder = self.folders.candidates / name
        if not folder.is_dir():
            return
        digest = _digest(folder)
        before = self._version(name)
        if before and before.digest == digest:
            return
        archive = self.folders.brought / f".{uuid.uuid4().hex}.tar"
        archive.parent.mkdir(parents=True, exist_ok=True)
        try:
            with tarfile.open(archive, "w") as packed:
                packed.add(folder, name, filter=lambda one: None if one.name == f"{name}/{_LAYERS}" else one)
            self._put(name, archive, before, digest)
        finally:
            archive.unlink(missing_ok=True)
        after = self.store.look(_archive(name))
        if after and after.said.get("digest") == digest:
            self._note(name, _Version(after.etag, digest))

    def push_rejections(self) -> None:
        """Put what was said of candidates that were rejected."""
        self.put_below(self.folders.rejections)

    def _put(self, name: str, archive: Path, before: _Version | None, digest: str) -> None:
        key = _archive(name)
        now = self.store.look(key)
        if before is None and now is None:
            written = self.store.put_new(key, archive, digest=digest)
        elif now is not None and (now.etag == before.etag if before else now.said.get("digest") == digest):
            written = self.store.put_over(key, archive, now, digest=digest)
        else:
            written = False
        there = self.store.look(key)
        if not written and (there is None or there.said.get("digest") != digest):
            raise TryAgain(
                f"Another worker has changed {self.store.address(key)} in the meantime. Clear the task: it begins from "
                "what is there now. What is published is as it was."
            )

    def _bring(self, name: str, entry: Entry) -> None:
        here = self._version(name)
        folder = self.folders.candidates / name
        if here and here.etag == entry.etag and folder.is_dir():
            return
        part = self.folders.candidates / f".{name}.{os.getpid()}.{uuid.uuid4().hex[:8]}"
        archive = part / "archive.tar"
        try:
            brought = self.store.download(_archive(name), archive)
            if brought is None:
                return
            with tarfile.open(archive) as packed:
                packed.extractall(part / "now", **_PLAIN)  # noqa: S202  (see _PLAIN)
            if folder.exists():
                folder.rename(part / "before")
            (part / "now" / name).rename(folder)
            self._note(name, _Version(brought.etag, _digest(folder)))
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def _noted(self, name: str) -> Path:
        return self.folders.brought / "candidates" / f"{name}.json"

    def _version(self, name: str) -> _Version | None:
        try:
            return _Version(**json.loads(self._noted(name).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def _note(self, name: str, version: _Version) -> None:
        target = self._noted(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{uuid.uuid4().hex}.part")
        part.write_text(json.dumps(asdict(version)), encoding="utf-8")
        part.replace(target)


def _digest(folder: Path) -> str:
    """SHA-256 over names and bytes of what an archive of the folder holds."""
    held = {name: digest for name, digest in sums(folder).items() if not name.startswith(f"{_LAYERS}/")}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def _archive(name: str) -> str:
    return f"candidates/{name}.tar"
