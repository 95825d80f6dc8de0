"""What landing knows of the releases, so that one that is gone from published/ is missed, and a changed one told.

`landing/released/<sequence>.json` is written once, when a release has its name. Published files name what landed, and
landing names what was published: whoever takes a release away, or makes its papers anew, meets the other half.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from gci.core.atomic_file import sync
from gci.core.checksums import SUMS, sha256
from gci.core.paths import DataFolders
from gci.storage.damage import reading_json

PAPERS = ("gci.duckdb", "release.json", SUMS)
_BACKUP = "Bring landing/ back from the newest backup, with all that landed since."


@dataclass(frozen=True)
class Known:
    """A release as landing knows it.

    Attributes:
        sequence: its place among all releases, from 1.
        edition: what it is about.
        vintage: its vintage.
        files: name of each of PAPERS → its SHA-256.
    """

    sequence: int
    edition: str
    vintage: int
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """The release as people write it, e.g. `2024@v1`."""
        return f"{self.edition}@v{self.vintage}"


def known(folders: DataFolders) -> list[Known]:
    """What landing knows of the releases, first one first. Raises Damaged where a file of it cannot be read."""
    return [_read(path) for path in sorted(folders.released.glob("[0-9]*.json"))]


@contextmanager
def noted(
    sequence: int, edition: str, vintage: int, folder: Path, folders: DataFolders
) -> Iterator[Callable[[], None]]:
    """What landing is to know of a release, on the disk under a hidden name.

    Whatever can fail for want of space has been done when the block begins.

    Args:
        sequence: the release's place among all.
        edition: what it is about.
        vintage: its vintage.
        folder: where its files lie, whole.
        folders: in whose landing zone it is noted.

    Yields:
        What gives the note its name, unless there is one.

    Raises:
        OSError: the disk refuses.
    """
    file = folders.released / f"{sequence:06}.json"
    files = {name: sha256(folder / name) for name in PAPERS if (folder / name).is_file()}
    text = json.dumps(asdict(Known(sequence, edition, vintage, files)), indent=1, sort_keys=True) + "\n"
    part = file.with_name(f".{file.name}.{os.getpid()}")

    def give_name() -> None:
        if not file.exists():
            part.replace(file)
            sync(file.parent)

    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_text(text, encoding="utf-8")
        sync(part)
        yield give_name
    finally:
        part.unlink(missing_ok=True)


def remember(sequence: int, edition: str, vintage: int, folders: DataFolders) -> None:
    """Let landing know of a release that is out, unless it does. Raises OSError when the disk refuses."""
    if not (folders.released / f"{sequence:06}.json").exists():
        with noted(sequence, edition, vintage, folders.release(edition, vintage), folders) as give_name:
            give_name()


def _read(path: Path) -> Known:
    with reading_json(path, _BACKUP):
        said = json.loads(path.read_bytes())
        try:
            found = Known(int(said["sequence"]), str(said["edition"]), int(said["vintage"]), dict(said["files"]))
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"it is JSON, but names no release: {error!r}") from error
        if f"{found.sequence:06}" != path.stem:
            raise ValueError(f"it is about release {found.sequence}")
        return found
    raise AssertionError  # reading_json lets nothing fall through
