"""Refused files, each in a folder of its own beside its receipt and the report for its sender."""

from __future__ import annotations

import itertools
import logging
import os
import re
import shutil
import time
import uuid
from pathlib import Path

from gci.core.atomic_file import sync
from gci.core.modified import older_than
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.diagnostics.report import as_html
from gci.reference.seeds import editions
from gci.storage import landing
from gci.storage.damage import Damaged, reading_json

log = logging.getLogger(__name__)

LONGEST_NAME = 200  # bytes of a file's name in its folder's name; file systems take 255 in all
_NOWHERE = "unplaced"  # for files that lay in no folder of an edition or source
_STALE = 24 * 3600
_NO_NAME = re.compile(r"[^\w.() -]")


def quarantine(content: Path, receipt: Receipt, place: str | None, folders: DataFolders) -> Path:
    """Put a refused file aside with its receipt and report.

    Args:
        content: its bytes; they stay where they are too.
        receipt: the verdict.
        place: the folder of the inbox that it lay in (edition or source), None if it lay in none.
        folders: where the quarantine is.

    Returns:
        The folder. The same file refused again for the same reasons gives the same folder, unchanged. Two files of the
        same name and bytes that one run refuses for different reasons (their places) have a folder each.
    """
    home = folders.quarantine / receipt.kind / (place or _NOWHERE)
    home.mkdir(parents=True, exist_ok=True)
    name = _short(receipt.file if receipt.part is None else f"{receipt.file}.{_NO_NAME.sub('_', receipt.part)}.json")
    folder = _free(home, name, receipt)
    if folder.is_dir() and (earlier := _receipt(folder)) is not None and earlier.problems == receipt.problems:
        return folder
    unfinished = home / f".{uuid.uuid4().hex}.part"
    unfinished.mkdir()
    try:
        _put(content, unfinished / name)
        (unfinished / "receipt.json").write_bytes(landing.as_json(receipt))
        (unfinished / "report.html").write_text(as_html(receipt), "utf-8", errors="backslashreplace")
        for path in unfinished.iterdir():
            sync(path)
        folder = _move(unfinished, home, name, receipt)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    sync(home)
    return folder


def refusals(folders: DataFolders) -> list[Receipt]:
    """The receipts of all files in quarantine, in the order in which they came."""
    return [receipt for _, receipt in refused_places(folders)]


def refused_places(folders: DataFolders) -> list[tuple[Path, Receipt]]:
    """The folder and the receipt of each file in quarantine, in the order in which they came."""
    there = sorted(folders.quarantine.glob("*/*/[!.]*/receipt.json"))
    found = [(path.parent, receipt) for path in there if (receipt := _receipt(path.parent)) is not None]
    return sorted(found, key=lambda one: (one[1].received_at, one[1].modified_at, one[1].digest, one[0]))


def not_replaced(folders: DataFolders) -> list[tuple[Path, Receipt]]:
    """Those of which their sender has had nothing accepted since, in the order in which they came.

    A sender is a state or those who research at a desk for it, in one edition, or a partner's source; who says of no
    state is known by the name of the file. The cases of a round go by the same (`int_case_refusals`). A refused file
    that was accepted under the same digest by later rules is replaced by itself.
    """
    accepted = landing.receipts(folders)
    # In the order in which they came.
    last = {_sender(one, one.edition): (one.received_at, one.modified_at) for one in accepted}
    digests = {one.digest for one in accepted}
    return [
        (folder, one)
        for folder, one in refused_places(folders)
        if last.get(_sender(one, edition_of(one, folder.parent.name)), ("", "")) <= (one.received_at, one.modified_at)
        and one.digest not in digests
    ]


def edition_of(receipt: Receipt, place: str) -> str | None:
    """The edition that a refused file was sent for: that whose folder it lay in (`place`), before what it says itself.

    None where neither says one.
    """
    if place in editions():
        return place
    return receipt.edition or (place if place != _NOWHERE else None)


def _sender(receipt: Receipt, edition: str | None) -> tuple[str | None, ...]:
    if receipt.source is not None:
        return receipt.kind, receipt.source
    if receipt.iso3 is None:
        return receipt.kind, edition, receipt.file
    return receipt.kind, edition, receipt.iso3, receipt.collector or "state"


def folder_of(receipt: Receipt, folders: DataFolders) -> Path | None:
    """The folder that a refused file lies in beside its report; None when it is not there."""
    there = sorted((folders.quarantine / receipt.kind).glob(f"*/[!.]*.{receipt.digest[:8]}"))
    found = [(folder, kept) for folder in there if (kept := _receipt(folder)) is not None]
    whose = (receipt.digest, receipt.file, receipt.part)
    same = [(folder, kept) for folder, kept in found if (kept.digest, kept.file, kept.part) == whose]
    exact = [folder for folder, kept in same if kept.problems == receipt.problems]
    return next(iter([*exact, *(folder for folder, _ in same)]), None)


def sweep(folders: DataFolders) -> None:
    """Take away what a killed run left half written a day ago or earlier; its original is still in the inbox."""
    for unfinished in folders.quarantine.glob("*/*/.*.part"):
        if older_than(unfinished, time.time() - _STALE):
            shutil.rmtree(unfinished, ignore_errors=True)


def _free(home: Path, name: str, receipt: Receipt) -> Path:
    """The folder for a refused file: its own from before, that of an older verdict on it, or a new one."""
    for number in itertools.count(1):
        folder = home / f"{name}.{f'{number}.' if number > 1 else ''}{receipt.digest[:8]}"
        earlier = _receipt(folder)
        if earlier is None or earlier.problems == receipt.problems or earlier.collected_at != receipt.collected_at:
            break
    return folder


def _put(content: Path, target: Path) -> None:
    """The bytes under another name: a second link to them, or a copy where the quarantine is another disk."""
    try:
        os.link(content, target)
    except OSError:
        shutil.copyfile(content, target)


def _move(unfinished: Path, home: Path, name: str, receipt: Receipt) -> Path:
    """Give the finished folder its name. One that is there already gives way if its verdict is an older one."""
    folder = _free(home, name, receipt)
    try:
        unfinished.rename(folder)
    except OSError:  # there is one: of another worker with this very file, or of earlier rules
        if not folder.is_dir():
            raise
        if _free(home, name, receipt) != folder:  # of another file of this name and these bytes
            return _move(unfinished, home, name, receipt)
        for part in ("report.html", "receipt.json"):  # the receipt last: it is what the verdict is read from
            (unfinished / part).replace(folder / part)
    return folder


def _receipt(folder: Path) -> Receipt | None:
    """The receipt in a folder of the quarantine; None where there is none, and, with a warning, where it is damaged."""
    path = folder / "receipt.json"
    try:
        with reading_json(path, "Put the file beside it into the inbox again: it is judged again."):
            return landing.from_json(path.read_bytes())
    except FileNotFoundError:
        pass
    except Damaged as error:
        log.warning("%s", error)
    return None


def _short(name: str) -> str:
    """A file's name, cut where the name of its folder would be too long for a file system; the end stays."""
    return name if len(name.encode()) <= LONGEST_NAME else name.encode()[-LONGEST_NAME:].decode(errors="ignore")
