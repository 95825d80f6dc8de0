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
from gci.core.paths import DataFolders
from gci.storage.object_store.landed import bring_folder
from gci.storage.object_store.objects import Entry, Store, store_of

_LAYERS = "dbt"  # what dbt leaves besides the candidate; nobody reads it but the one who looks for a fault
REJECTIONS = "rejections"
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


def pull_candidate(folders: DataFolders, name: str | None = None) -> None:
    """Bring a candidate, or all, in the version that is in the store; one that is here in that version stays as it is.

    Args:
        folders: whose store.
        name: the candidate's folder; None for all, and what is kept of rejections.
    """
    store = store_of(folders)
    if store is None:
        return
    for key, entry in store.listed("candidates/").items():
        inner = key.removeprefix("candidates/").removesuffix(".tar")
        if _archive(inner) == key and name in (None, inner):
            _bring(store, inner, entry, folders)
    bring_folder(folders.candidates / REJECTIONS, folders)


def push_candidate(folders: DataFolders, name: str) -> None:
    """Keep a candidate as it is now in the store.

    Raises:
        TryAgain: another worker has changed it there since it was brought: what came of that is not overwritten.
    """
    store = store_of(folders)
    folder = folders.candidates / name
    if store is None or not folder.is_dir():
        return
    digest = _digest(folder)
    before = _version(name, folders)
    if before and before.digest == digest:
        return
    archive = folders.brought / f".{uuid.uuid4().hex}.tar"
    archive.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tarfile.open(archive, "w") as packed:
            packed.add(folder, name, filter=lambda one: None if one.name == f"{name}/{_LAYERS}" else one)
        _put(store, name, archive, before, digest)
    finally:
        archive.unlink(missing_ok=True)
    after = store.look(_archive(name))
    if after and after.said.get("digest") == digest:
        _note(name, _Version(after.etag, digest), folders)


def _put(store: Store, name: str, archive: Path, before: _Version | None, digest: str) -> None:
    key = _archive(name)
    now = store.look(key)
    if before is None and now is None:
        written = store.put_new(key, archive, digest=digest)
    elif now is not None and (now.etag == before.etag if before else now.said.get("digest") == digest):
        written = store.put_over(key, archive, now, digest=digest)
    else:
        written = False
    there = store.look(key)
    if not written and (there is None or there.said.get("digest") != digest):
        raise TryAgain(
            f"Another worker has changed {store.address(key)} in the meantime. Clear the task: it begins from what is "
            "there now. What is published is as it was."
        )


def _bring(store: Store, name: str, entry: Entry, folders: DataFolders) -> None:
    here = _version(name, folders)
    folder = folders.candidates / name
    if here and here.etag == entry.etag and folder.is_dir():
        return
    part = folders.candidates / f".{name}.{os.getpid()}.{uuid.uuid4().hex[:8]}"
    archive = part / "archive.tar"
    try:
        brought = store.download(_archive(name), archive)
        if brought is None:
            return
        with tarfile.open(archive) as packed:
            packed.extractall(part / "now", **_PLAIN)  # noqa: S202  (see _PLAIN)
        if folder.exists():
            folder.rename(part / "before")
        (part / "now" / name).rename(folder)
        _note(name, _Version(brought.etag, _digest(folder)), folders)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _digest(folder: Path) -> str:
    """SHA-256 over names and bytes of what an archive of the folder holds."""
    held = {name: digest for name, digest in sums(folder).items() if not name.startswith(f"{_LAYERS}/")}
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def _archive(name: str) -> str:
    return f"candidates/{name}.tar"


def _noted(name: str, folders: DataFolders) -> Path:
    return folders.brought / "candidates" / f"{name}.json"


def _version(name: str, folders: DataFolders) -> _Version | None:
    try:
        return _Version(**json.loads(_noted(name, folders).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _note(name: str, version: _Version, folders: DataFolders) -> None:
    target = _noted(name, folders)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    part.write_text(json.dumps(asdict(version)), encoding="utf-8")
    part.replace(target)
