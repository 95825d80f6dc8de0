"""Files brought through the page: each gets the verdict of `gci check` at once; those accepted go into the inbox."""

from __future__ import annotations

import logging
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, get_args

from gci.collect.check_file import check_file
from gci.core.errors import GciError
from gci.core.paths import DataFolders
from gci.core.records import FILE_KINDS, Kind, Receipt
from gci.partners.contracts import contracts
from gci.reference.seeds import editions
from gci.storage.door import storage_of
from gci.storage.place import left_alone

log = logging.getLogger(__name__)

LARGEST = 64_000_000
"""Bytes of all files of one upload: a questionnaire has some 100,000, the largest partner file some millions."""
MOST = 50
"""Files of one upload."""
_LONGEST_NAME = 150  # bytes


@dataclass(frozen=True)
class Submitted:
    """What became of one file.

    Attributes:
        name: as it was sent.
        receipts: the verdict; one for each submission of an export.
        kept: its place in the inbox; '' where it was not kept.
        wrong: why nothing could be said of it; '' where something could.
    """

    name: str
    receipts: tuple[Receipt, ...] = ()
    kept: str = ""
    wrong: str = ""

    @property
    def accepted(self) -> bool:
        """Whether all of it would be taken."""
        return bool(self.receipts) and all(one.verdict == "accepted" for one in self.receipts)


def places() -> dict[str, list[str]]:
    """By kind the folders of the inbox: editions, newest first, and partners' sources."""
    return {
        kind: sorted(contracts()) if kind == "partners" else sorted(editions(), reverse=True) for kind in get_args(Kind)
    }


def submit(name: str, content: BinaryIO, place: str, keep: str, folders: DataFolders) -> Submitted:
    """Say what collection would say of a file, and put it into the inbox.

    Args:
        name: its name, as it was sent.
        content: its bytes.
        place: `<kind>/<edition or source>`, one of `places`.
        keep: `accepted`: only if it would be taken; `all`: a refused one too, so that collection puts it aside with the
            report for its sender; `nothing`: it is only checked.
        folders: the data folder.

    Returns:
        What became of it. It is in the inbox whole or not at all, and takes no other file's name.
    """
    plain = PurePosixPath(name.replace("\\", "/")).name
    if not plain or "\0" in plain or len(plain.encode(errors="replace")) > _LONGEST_NAME:
        return Submitted(name[:200], wrong="Give the file a name of at most 150 letters, without folders.")
    named, _, folder = place.partition("/")
    kind = next((one for one in FILE_KINDS if one == named), None)
    if kind is None or folder not in places().get(kind, ()):
        return Submitted(plain, wrong="Say for which edition or of which partner the file is.")
    try:
        with _aside(folders) as home:
            file = home / "inbox" / kind / folder / plain
            file.parent.mkdir(parents=True)
            with file.open("xb") as out:
                shutil.copyfileobj(content, out)
                out.flush()
                os.fsync(out.fileno())
            if reason := left_alone(file):
                return Submitted(plain, wrong=f"Collection would not take a file of this name: {reason}.")
            receipts = tuple(check_file(file, kind).receipts)
            found = Submitted(plain, receipts)
            if keep == "all" or (keep == "accepted" and found.accepted):
                return Submitted(plain, receipts, _put(file, folders.inbox / kind / folder, kind, folders))
            return found
    except (OSError, GciError) as error:
        log.warning("%s could not be put into the inbox: %s", plain, error)
        return Submitted(plain, wrong=f"It could not be kept: {error}. Nothing of it is in the inbox.")


@contextmanager
def _aside(folders: DataFolders) -> Iterator[Path]:
    """A hidden folder beside the inboxes, where nobody collects; gone afterwards."""
    home = folders.root / "inbox" / f".upload-{uuid.uuid4().hex}"
    home.mkdir(parents=True)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _put(file: Path, inbox: Path, kind: Kind, folders: DataFolders) -> str:
    """Give the file its name in the inbox in one step; another name where one waits there already."""
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        target = inbox / (file.name if number == 1 else f"{file.stem} ({number}){file.suffix}")
        try:
            os.link(file, target)
        except FileExistsError:
            if target.is_file() and target.read_bytes() == file.read_bytes():
                break  # the same file waits already
            continue
        break
    storage_of(folders).inbox.submit(kind)
    return f"inbox/{target.relative_to(folders.inbox).as_posix()}"
