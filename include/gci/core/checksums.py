"""SHA-256 of the files of a release, and SHA256SUMS as `sha256sum --check` reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS = "SHA256SUMS"


def sha256(file: Path) -> str:
    """SHA-256 of a file's bytes, in hex. Raises OSError when it cannot be read."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under `folder` by its path in it, save SHA256SUMS itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: sha256(path) for name, path in named.items() if name != SUMS}


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over everything that lies in the folder."""
    lines = [f"{digest}  {name}\n" for name, digest in sums(folder).items()]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """What SHA256SUMS says, by path. Raises OSError when there is none, ValueError when a line is not of its form."""
    said = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, separator, name = line.partition("  ")
        if not separator or len(digest) != hashlib.sha256().digest_size * 2:
            raise ValueError(f"the line {line!r} is not a checksum and a file")
        said[name] = digest
    return said
