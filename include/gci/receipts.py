"""What collection said of a landed file, as far as a reader of scores wants to know."""

from __future__ import annotations

from typing import Any

from gci.paths import DataFolders

_SAID = ("kind", "file", "verdict", "edition", "iso3", "collector", "received_at", "modified_at", "answered", "items")


def receipt(digest: str | None, folders: DataFolders) -> dict[str, Any] | None:
    """The receipt of a landed file, and where its bytes are kept (`kept_as`).

    None without a digest, or where the landing zone is not at hand.
    """
    from gci.landing import read_receipt

    found = read_receipt(digest, folders) if digest else None
    if not found:
        return None
    said = found.as_dict()
    kept = next(iter((folders.landing / "files").glob(f"{digest}*")), None)
    return {name: said[name] for name in _SAID} | {"kept_as": str(kept) if kept else None}
