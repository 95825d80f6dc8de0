"""Makes damaged rows and receipts again from the bytes as received, if they come out as they were sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.core.versions import reading_version
from gci.reference.validation_context import validation_context
from gci.reread.again import checked_again
from gci.storage import landing
from gci.storage.chain import Entry, called, landed
from gci.storage.damage import Damaged, reading_json
from gci.storage.door import storage_of
from gci.storage.landed_rows import digest_of_rows, read_rows, rows_digest

_ARRIVED = ("received_at", "modified_at")
_BACKUP = "Bring it back from a backup."


@dataclass(frozen=True)
class Mended:
    """What became of one damaged file of the landing zone.

    Attributes:
        path: the file.
        called: whose it is.
        was: what was wrong with it.
        failure: why it could not be made again; empty where it was.
    """

    path: Path
    called: str
    was: str
    failure: str = ""


def mend(folders: DataFolders) -> list[Mended]:
    """Look at everything that has landed, and make again what is damaged or gone and can be.

    A file takes its place only where it comes out as the chain of landing and the receipt name it: nothing new comes
    in this way. What is damaged is put aside beside it, under a hidden name.

    Returns:
        What was damaged, in the order of digests: rows, receipts, and bytes, which nothing can make again.
    """
    known = [*landed(folders), *_of_damaged_receipts(folders)]
    return [found for entry in sorted(known, key=lambda one: one.digest) for found in _mend(entry, folders)]


def _of_damaged_receipts(folders: DataFolders) -> Iterator[Entry]:
    """What the rows say of a file whose receipt was never sealed and cannot be read."""
    sealed = {one.digest for one in landed(folders)}
    for path in landing.receipt_files(folders):
        if path.stem in sealed or not _is_damaged(path):
            continue
        for kind in landing.SCHEMAS:
            try:
                rows = read_rows(landing.rows_file(kind, path.stem, folders))
            except (FileNotFoundError, Damaged):
                continue
            yield _entry_of(kind, path.stem, rows)


def _is_damaged(path: Path) -> bool:
    """Whether a receipt cannot be read."""
    try:
        with reading_json(path, ""):
            landing.receipt_in(path.read_bytes(), path)
    except Damaged:
        return True
    return False


def _entry_of(kind: Kind, digest: str, rows: pa.Table) -> Entry:
    """As the file would be sealed, as far as its rows say it; without the digest of its receipt."""
    first = rows.slice(0, 1).to_pylist()[0] if rows.num_rows else {}
    received_at, modified_at = (f"{first[name].isoformat(timespec='microseconds')}+00:00" for name in _ARRIVED)
    said: dict[str, Any] = {name: first.get(name) for name in ("edition", "iso3", "source")} | {
        "file": str(first["file"])
    }
    return Entry(
        digest=digest,
        kind=kind,
        received_at=received_at,
        modified_at=modified_at,
        collected_at=received_at,
        part=None,
        part_of=None,
        parts=0,
        synthetic=bool(first.get("synthetic")),
        read_by=reading_version(),
        receipt_digest="",
        rows_digest=rows_digest(rows),
        **said,
    )


def _mend(entry: Entry, folders: DataFolders) -> Iterator[Mended]:
    rows, receipt = landing.rows_file(entry.kind, entry.digest, folders), landing.receipt_file(entry.digest, folders)
    wrong_rows = "" if entry.parts else _wrong_rows(rows, entry)
    wrong_receipt = _wrong_receipt(receipt, entry)
    if not wrong_rows and not wrong_receipt:
        return
    try:
        again = checked_again(entry, folders.landing, validation_context(folders, ever=True))
    except Damaged as error:
        for path, was in ((rows, wrong_rows), (receipt, wrong_receipt)):
            if was:
                yield Mended(path, called(entry), was, str(error))
        return
    times: dict[str, Any] = {name: getattr(entry, name) for name in (*_ARRIVED, "collected_at")}
    checked = again.as_of(replace(again.receipt, file=entry.file, **times))
    if wrong_rows:
        table = checked.table
        if table is None or (entry.rows_digest and rows_digest(table) != entry.rows_digest):
            yield Mended(rows, called(entry), wrong_rows, f"the readers of now read these bytes otherwise. {_BACKUP}")
        else:
            with storage_of(folders).landing.mending(rows) as here:
                landing.land(table, entry.kind, entry.digest, here)
            yield Mended(rows, called(entry), wrong_rows)
    if wrong_receipt:
        made = replace(checked.receipt, rows_digest=entry.rows_digest, read_by=entry.read_by, parts=entry.parts)
        if entry.receipt_digest not in ("", hashlib.sha256(landing.as_json(made)).hexdigest()):
            failure = f"made again, it would not be the one that was sealed. {_BACKUP}"
            yield Mended(receipt, called(entry), wrong_receipt, failure)
        else:
            with storage_of(folders).landing.mending(receipt) as here:
                landing.write_receipt(made, here)
            yield Mended(receipt, called(entry), wrong_receipt)


def _wrong_rows(path: Path, entry: Entry) -> str:
    try:
        now = digest_of_rows(path)
    except FileNotFoundError:
        return "is gone"
    except Damaged as error:
        return error.reason
    return "" if now == (entry.rows_digest or now) else "holds other rows than landed"


def _wrong_receipt(path: Path, entry: Entry) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "is gone"
    same = hashlib.sha256(content).hexdigest() == entry.receipt_digest
    return "" if same else "is not the receipt that was sealed"
