"""When a file was last written, asked of one that another process may take away meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path


def modified_ns(path: Path) -> int | None:
    """The time of modification of a file or folder, in nanoseconds since 1970; None when it is gone."""
    try:
        return path.stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return None


def modified_at(path: Path) -> str:
    """The same as ISO 8601 in UTC, to the second; '' when it is gone."""
    found = modified_ns(path)
    return "" if found is None else datetime.fromtimestamp(found / 1e9, UTC).isoformat(timespec="seconds")


def older_than(path: Path, moment: float) -> bool:
    """Whether the file or folder is there and was last written before a moment, in seconds since 1970."""
    found = modified_ns(path)
    return found is not None and found / 1e9 < moment
