"""The one place that knows where a warehouse lies: on this disk, or in a store that machines share ($GCI_STORE)."""

from __future__ import annotations

from gci.core.paths import DataFolders
from gci.storage.storage import Storage


def storage_of(folders: DataFolders) -> Storage:
    """Where the warehouse of these folders lies. Raises WrongUsage when $GCI_STORE is no address of a store."""
    if folders.store is None:
        from gci.storage.disk import on_disk

        return on_disk(folders)
    from gci.storage.object_store.shared import in_store

    return in_store(folders, folders.store)


def prepare(folders: DataFolders) -> None:
    """Make what has to be there before the first run beside the folders: the store's bucket. Safe to repeat.

    Raises TryAgain when it cannot be made.
    """
    if folders.store is not None:
        from gci.storage.object_store.objects import make_bucket, store_at

        make_bucket(store_at(folders.store))
