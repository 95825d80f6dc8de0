"""The files of a release as those that describe it name them: path, size and SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gci.core.checksums import sha256

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".duckdb": "application/vnd.duckdb",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/vnd.sdmx.structure+xml",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True)
class File:
    """One file: its path within the release, its bytes and their SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def media_type(self) -> str:
        """Its media type."""
        return MEDIA_TYPES[Path(self.path).suffix]


def listed(folder: Path, paths: Iterable[Path]) -> dict[str, File]:
    """The files by their paths within the folder of the release."""
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: File(name, path.stat().st_size, sha256(path)) for name, path in named}
