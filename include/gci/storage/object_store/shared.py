"""A warehouse that many machines share through a store: each works on a disk of its own, which it may lose."""

from __future__ import annotations

from gci.core.paths import DataFolders
from gci.storage.object_store.candidates import CandidatesInStore
from gci.storage.object_store.inbox import InboxInStore
from gci.storage.object_store.landed import LandingInStore
from gci.storage.object_store.objects import store_at
from gci.storage.object_store.published import ReleaseLogInStore
from gci.storage.storage import Storage


def in_store(folders: DataFolders, address: str) -> Storage:
    """The warehouse in a store, worked on in these folders. Raises WrongUsage when it is no address of a store."""
    store = store_at(address)
    return Storage(
        folders,
        address.rstrip("/"),
        InboxInStore(store, folders),
        LandingInStore(store, folders),
        CandidatesInStore(store, folders),
        ReleaseLogInStore(store, folders),
    )
