"""The files of the landing zone on the bench: receipts, digests of rows and bytes as they are now, and the chain.

What is held closely is what the candidate needs: its inputs, and all that was sealed for its edition until it was
planned. What is damaged beside that is told of in the log, and stops nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.checksums import sha256
from gci.core.records import OF_EDITIONS
from gci.gates.insert import insert_rows
from gci.reread.again import differences
from gci.storage.chain import Entry, called, entries, not_continued, read
from gci.storage.damage import Damaged, reading_json
from gci.storage.landed_rows import digest_of_rows, read_rows
from gci.storage.landing import from_json, receipt_in

if TYPE_CHECKING:
    import duckdb

    from gci.gates.inputs import Inputs

log = logging.getLogger(__name__)

LANDED_FILES = {
    "receipts": "digest varchar, kind varchar, file varchar, verdict varchar, received_at timestamp, "
    "modified_at timestamp, edition varchar, iso3 varchar, source varchar, collector varchar, answered integer, "
    "items integer, form_version varchar, synthetic boolean, collected_at timestamp, parts integer, "
    "rows_digest varchar",
    "files": "digest varchar, kind varchar, sha256 varchar",
    "unreadable": "digest varchar, kind varchar, reason varchar",
    "chain_breaks": "place varchar, found varchar, expected varchar",
    "sealed": "digest varchar, kind varchar, file varchar, edition varchar, sequence integer, is_needed boolean, "
    "parts integer, receipt_digest varchar, rows_digest varchar",
    "row_digests": "kind varchar, digest varchar, rows_digest varchar",
    "receipt_files": "digest varchar, sha256 varchar",
    "read_again": "kind varchar, digest varchar, file varchar, column_name varchar, found varchar, expected varchar",
}
_TWO = 2  # one file is read while another is hashed


def lay_out_landed_files(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fill the tables of LANDED_FILES: every receipt there is, and of what is needed the digests as they are now."""
    seals, breaks = read(inputs.landing)
    needed = _needed(inputs)
    sealed = [(entry, seal.sequence) for seal in seals for entry in seal.entries]
    wanted = {entry.digest: entry for entry, sequence in sealed if needed(entry, sequence)}
    receipts, unreadable = _receipts(inputs, entries(seals), wanted)
    known = {(kind, digest) for _, kind, digest in inputs.digests} | {(one.kind, one.digest) for one in wanted.values()}
    originals = {path.name[:64]: path for path in (inputs.landing / "files").glob("[!.]*")}
    _fill(connection, "receipts", receipts)
    _fill(connection, "unreadable", [*unreadable, *_links(inputs.landing, known, originals)])
    held = sorted((kind, digest, originals[digest]) for kind, digest in known if digest in originals)
    with ThreadPoolExecutor(_TWO) as pool:
        digests = pool.map(sha256, [path for *_, path in held])
        _fill(connection, "files", [(digest, kind, now) for (kind, digest, _), now in zip(held, digests, strict=True)])
        if not inputs.closely:
            return
        rows = list(pool.map(lambda one: (*one, _rows_digest(inputs.landing, *one)), sorted(known)))
    _fill(connection, "row_digests", rows)
    breaks += not_continued(seals, inputs.heads, inputs.head)
    _fill(connection, "chain_breaks", [(one.where, one.found, one.expected) for one in breaks])
    _fill(connection, "sealed", [_sealed(entry, sequence, entry.digest in wanted) for entry, sequence in sealed])
    there = [(digest, sha256(path)) for digest in wanted if (path := _receipt(inputs.landing, digest)).is_file()]
    _fill(connection, "receipt_files", there)
    _lay_out_read_again(connection, inputs, wanted.values())


def what_is_wrong(path: Path, otherwise: Exception) -> str:
    """What is wrong with a Parquet file of the landing zone, and what to do; what DuckDB says where nothing else is."""
    try:
        read_rows(path)
    except FileNotFoundError:
        return f"{path} is gone"
    except Damaged as error:
        return str(error)
    return f"{path}: {str(otherwise).splitlines()[0]}"


def _needed(inputs: Inputs) -> Any:
    """Whether an entry of the chain matters to the candidate."""
    digests = {digest for _, _, digest in inputs.digests}
    last = inputs.head.sequence if inputs.head else 0

    def is_needed(entry: Entry, sequence: int) -> bool:
        about = entry.kind == "partners" or entry.edition in (None, inputs.edition)
        return entry.digest in digests or (about and sequence <= last)

    return is_needed


def _receipts(
    inputs: Inputs, sealed: dict[str, Entry], wanted: dict[str, Entry]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The fields of every receipt, and those that cannot be read and matter to the candidate."""
    fields = _fields("receipts")
    receipts: list[tuple[Any, ...]] = []
    unreadable: list[tuple[Any, ...]] = []
    for path in sorted((inputs.landing / "receipts").glob("[!.]*.json")):
        try:
            with reading_json(path, "`gci mend` makes it again from the bytes as received."):
                content = path.read_bytes()
                from_json(content)
                # A copy under another name is among them too, so that what it repeats is told.
                receipts.append(tuple(json.loads(content).get(name) for name in fields))
                receipt_in(content, path)
        except Damaged as error:
            entry = sealed.get(path.stem)
            whose = f"The receipt of {called(entry)}: " if entry else ""
            if path.stem in wanted if entry else _may_be_of(inputs, path.stem):
                unreadable.append((path.stem, "receipt", f"{whose}{error}"))
            else:
                log.warning("%s%s This edition does not need it.", whose, error)
    return receipts, unreadable


def _links(
    landing: Path, known: Iterable[tuple[str, str]], originals: dict[str, Path]
) -> Iterator[tuple[str, str, str]]:
    """Files of the landing zone that lie elsewhere: whoever may write there changes them when no gate looks."""
    for kind, digest in sorted(known):
        paths = (landing / kind / f"{digest}.parquet", _receipt(landing, digest), originals.get(digest))
        for path in paths:
            if path is not None and path.is_symlink():
                yield digest, kind, f"{path} is a link and not a file: put the file itself there, from a backup."
    for path in sorted((landing / "chain").glob("*.json")):
        if path.is_symlink():
            yield path.stem, "seal", f"{path} is a link and not a file: put the file itself there, from a backup."


def _may_be_of(inputs: Inputs, digest: str) -> bool:
    """Whether a file of which only the rows can say what it is about may be one of the candidate's edition."""
    for kind in OF_EDITIONS:
        try:
            about = read_rows(inputs.landing / kind / f"{digest}.parquet", ["edition"])["edition"].unique().to_pylist()
        except (FileNotFoundError, Damaged):
            continue
        return inputs.edition in about
    return True


def _rows_digest(landing: Path, kind: str, digest: str) -> str | None:
    """The digest of the rows as they are now; None where there are none that can be read."""
    try:
        return digest_of_rows(landing / kind / f"{digest}.parquet")
    except (FileNotFoundError, Damaged):
        return None


def _lay_out_read_again(connection: duckdb.DuckDBPyConnection, inputs: Inputs, wanted: Iterable[Entry]) -> None:
    """Read the bytes of what went into no release yet once more. What other readers read is told of and no fault."""
    new = {digest for _, _, digest in inputs.digests} - inputs.released
    found = differences([entry for entry in wanted if entry.digest in new], inputs.landing)
    faults = [one for one in found if not one.other_readers]
    for one in found:
        if one.other_readers:
            log.warning(
                "%s: these readers read %s otherwise than those that landed it: %s; now: %s. What landed counts.",
                one.file, one.column or "it", one.found, one.expected,
            )  # fmt: skip
    rows = [(one.kind, one.digest, one.file, one.column, one.found, one.expected) for one in faults]
    _fill(connection, "read_again", rows)


def _sealed(entry: Entry, sequence: int, is_needed: bool) -> tuple[Any, ...]:
    return (
        *(entry.digest, entry.kind, called(entry), entry.edition, sequence, is_needed),
        *(entry.parts, entry.receipt_digest, entry.rows_digest),
    )


def _receipt(landing: Path, digest: str) -> Path:
    return landing / "receipts" / f"{digest}.json"


def _fields(table: str) -> list[str]:
    return [column.split()[0] for column in LANDED_FILES[table].split(", ")]


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    insert_rows(connection, f"landing.{table}", _fields(table), rows)
