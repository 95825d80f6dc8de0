"""What collection said of a landed file, as far as a reader of scores wants to know."""

from __future__ import annotations

import logging
from typing import Any

from gci.core.paths import DataFolders

log = logging.getLogger(__name__)

_SAID = ("kind", "file", "verdict", "edition", "iso3", "collector", "received_at", "modified_at", "answered", "items")


def receipt(digest: str | None, folders: DataFolders) -> dict[str, Any] | None:
    """The receipt of a landed file, and where its bytes are kept (`kept_as`).

    None without a digest, where the landing zone is not at hand, and, with a warning, where the receipt is damaged.
    """
    from gci.storage.damage import Damaged
    from gci.storage.landing import read_receipt

    try:
        found = read_receipt(digest, folders) if digest else None
    except Damaged as error:
        log.warning("%s", error)
        return None
    if not found:
        return None
    said = found.as_dict()
    kept = next(iter((folders.landing / "files").glob(f"{digest}*")), None)
    return {name: said[name] for name in _SAID} | {"kept_as": str(kept) if kept else None}
