"""The landing zone in the store: every file put there once, by whoever is first, and brought to whoever lacks it."""

from __future__ import annotations

from pathlib import Path

from gci.core.paths import DataFolders
from gci.storage.object_store.objects import Store, each, name_of, store_of


def put_first(content: Path, target: Path, folders: DataFolders) -> bool | None:
    """Put a file of the landing zone into the store, where nothing is ever rewritten.

    Args:
        content: the finished bytes.
        target: the file in the landing zone that they are for.
        folders: whose store.

    Returns:
        True when it was not there; False when it was, and then what is there lies at `target`; None without a store.
    """
    store = store_of(folders)
    if store is None:
        return None
    name = name_of(target, folders)
    if store.put_new(name, content):
        return True
    store.download(name, target)
    return False


def pull_landing(folders: DataFolders) -> None:
    """Bring what has landed elsewhere, and what is remembered of partners."""
    store = store_of(folders)
    if store is None:
        return
    remembered = name_of(folders.gathered, folders) + "/"
    names = store.listed(name_of(folders.landing, folders) + "/")
    missing = [name for name in names if name.startswith(remembered) or not (folders.root / name).is_file()]
    each(lambda name: store.download(name, folders.root / name), missing)


def bring_verdicts(kind: str, folders: DataFolders) -> None:
    """Bring what was said of files that others have collected, and decided: receipts, decisions, quarantine."""
    for folder in (folders.landing / "decisions", folders.landing / "receipts", folders.quarantine / kind):
        bring_folder(folder, folders)


def bring_receipts(folders: DataFolders) -> None:
    """Bring the receipts and the seals of what has landed elsewhere."""
    for folder in (folders.landing / "receipts", folders.chain):
        bring_folder(folder, folders)


def push_landed(path: Path, folders: DataFolders) -> None:
    """Keep a file in the store in place of an older one: what is remembered of a partner."""
    store = store_of(folders)
    if store and path.is_file():
        store.put(name_of(path, folders), path)


def push_folder(folder: Path, last: str, folders: DataFolders) -> None:
    """Keep all files of a folder in the store, the one named `last` after the others: it says that all are there."""
    store = store_of(folders)
    if store is None:
        return
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.name == last)
    for path in files:
        store.put(name_of(path, folders), path)


def bring_folder(folder: Path, folders: DataFolders) -> None:
    """Bring what lies in the store below a folder and is not at hand."""
    store = store_of(folders)
    if store is not None:
        _bring_below(store, folder, folders)


def _bring_below(store: Store, folder: Path, folders: DataFolders) -> None:
    missing = [name for name in store.listed(name_of(folder, folders) + "/") if not (folders.root / name).is_file()]
    each(lambda name: store.download(name, folders.root / name), missing)
