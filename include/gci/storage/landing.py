"""The landing zone: every accepted file once, as Parquet, under its digest. Nothing is ever rewritten."""

from __future__ import annotations

import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from gci.core import atomic_file, canonical_json
from gci.core.checksums import sha256
from gci.core.declared import landing_columns
from gci.core.paths import DataFolders
from gci.core.records import FILE_KINDS, Kind, Problem, Receipt
from gci.storage.damage import Damaged, reading_json
from gci.storage.door import storage_of
from gci.storage.landed_rows import read_rows

log = logging.getLogger(__name__)

_NO_ROWS = "none"  # no digest begins with it
_ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),  # UTC; without a zone, so that no reader converts it
}

SCHEMAS: dict[Kind, pa.Schema] = {
    kind: pa.schema([(name, _ARROW[type_]) for name, type_ in landing_columns()[kind].items()]) for kind in FILE_KINDS
}
"""The columns of each kind, as dbt's source declares them (dbt_project/models/staging/__landing.yml)."""

_TAKE_AWAY = "take the damaged one away, and the next run writes it again."
_PART = ".part"  # of names of files that are still being written
_STALE = 24 * 3600  # seconds after which a part is what a killed run left


def table(kind: Kind, columns: Mapping[str, Sequence[str | None]]) -> pa.Table:
    """The landing table of a kind from its columns as text; columns that it does not have are left out.

    Made through Arrow's own builder and casts: `pa.array` would import pandas, which costs a second.
    """
    arrays = []
    for field in SCHEMAS[kind]:
        builder = pa.lib.StringBuilder()
        builder.append_values(columns[field.name])
        text = builder.finish()
        arrays.append(text if field.type == pa.string() else text.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMAS[kind])


def prepare(folders: DataFolders) -> None:
    """Make the folders of the landing zone and, in each, the file of zero rows that carries the columns.

    Also takes away parts that a killed run left a day ago or earlier. Safe to repeat and with many workers.
    """
    for name in ("files", "receipts", "reports", "chain", *SCHEMAS):
        (folders.landing / name).mkdir(parents=True, exist_ok=True)
        for part in (folders.landing / name).glob(f".*{_PART}"):
            with suppress(FileNotFoundError):  # another worker may take it away at the same time
                if time.time() - part.stat().st_mtime > _STALE:
                    part.unlink()
    for kind in SCHEMAS:
        _carry_columns(kind, no_rows(kind, folders), folders)


def _carry_columns(kind: Kind, none: Path, folders: DataFolders) -> None:
    """Write the file that carries the columns, where it is not there. It is ours alone: a damaged one gives way."""
    if none.exists():
        try:
            if read_rows(none).schema == SCHEMAS[kind]:
                return
        except Damaged as error:
            log.warning("%s It is made anew.", error)
        none.unlink(missing_ok=True)
    write_once(none, _parquet(empty(kind)), folders)


def empty(kind: Kind) -> pa.Table:
    """The landing table of a kind without a row."""
    return table(kind, dict.fromkeys(SCHEMAS[kind].names, ()))


def no_rows(kind: Kind, folders: DataFolders) -> Path:
    """The file of zero rows that carries the columns of a kind.

    Its name goes with the columns: files that landed before there was a column are read with it missing.
    """
    columns = hashlib.sha256(",".join(f"{one.name} {one.type}" for one in SCHEMAS[kind]).encode()).hexdigest()
    return folders.landing / kind / f"{_NO_ROWS}-{columns[:8]}.parquet"


def land(answers: pa.Table, kind: Kind, digest: str, folders: DataFolders) -> bool:
    """Write the rows of one accepted file to landing/<kind>/<digest>.parquet.

    Args:
        answers: rows with the columns of SCHEMAS[kind].
        kind: survey, reviews, decisions or partners.
        digest: SHA-256 of the file's bytes.
        folders: where the landing zone is.

    Returns:
        False when that digest has landed before; what lies there stays as it is. OSError when the disk refuses.
    """
    return write_once(rows_file(kind, digest, folders), _parquet(answers), folders)


def part(folders: DataFolders) -> Path:
    """A name in landing/files that nobody else has, for bytes on their way in."""
    return folders.landing / "files" / f".{uuid.uuid4().hex}{_PART}"


def keep_file(content: Path, digest: str, suffix: str, folders: DataFolders) -> bool:
    """Keep the bytes of a file as landing/files/<digest><suffix>; `content` lies in that folder and stays.

    False when they are kept already. Raises Damaged when something else lies there under their digest: the file in the
    inbox may be the last true copy.
    """
    atomic_file.sync(content)
    target = folders.landing / "files" / f"{digest}{suffix}"
    if storage_of(folders).landing.land(content, target):
        return True
    if target.is_symlink() or not target.is_file() or sha256(target) != digest:
        raise Damaged(target, "is not the file that its name says", f"The true one is in the inbox: {_TAKE_AWAY}")
    return False


def write_receipt(receipt: Receipt, folders: DataFolders) -> bool:
    """Write landing/receipts/<digest>.json; False when there is one already."""
    return write_once(receipt_file(receipt.digest, folders), lambda out: out.write(as_json(receipt)), folders)


def receipt_file(digest: str, folders: DataFolders) -> Path:
    """Where the receipt of a file lies."""
    return folders.landing / "receipts" / f"{digest}.json"


def read_receipt(digest: str, folders: DataFolders) -> Receipt | None:
    """The receipt of a file that has landed; None when there is none. Raises Damaged when it cannot be read."""
    path = receipt_file(digest, folders)
    try:
        return _receipt(path)
    except FileNotFoundError:
        return None


def report_file(digest: str, folders: DataFolders) -> Path:
    """Where the report to the sender of an accepted return lies, if it has one."""
    return folders.landing / "reports" / f"{digest}.html"


def write_report(digest: str, page: str, folders: DataFolders) -> bool:
    """Write landing/reports/<digest>.html; False when there is one already. OSError when the disk refuses."""
    content = page.encode("utf-8", errors="backslashreplace")
    return write_once(report_file(digest, folders), lambda out: out.write(content), folders)


def receipts(folders: DataFolders) -> list[Receipt]:
    """The receipts of all accepted files, in the order in which they count. A damaged one is told of and left out."""
    found = []
    for path in receipt_files(folders):
        try:
            found.append(_receipt(path))
        except Damaged as error:
            log.warning("%s", error)
        except FileNotFoundError:
            continue
    return sorted(found, key=in_order)


def receipt_files(folders: DataFolders) -> list[Path]:
    """Where the receipts of all accepted files lie, sorted by digest."""
    return sorted((folders.landing / "receipts").glob("[!.]*.json"))


def in_order(receipt: Receipt) -> tuple[str, str, str]:
    """The place of a receipt among others: the later one counts."""
    return receipt.received_at, receipt.modified_at, receipt.digest


def rows_file(kind: Kind, digest: str, folders: DataFolders) -> Path:
    """Where the rows of a landed file lie."""
    return folders.landing / kind / f"{digest}.parquet"


def as_landed(receipt: Receipt, folders: DataFolders) -> Receipt:
    """The receipt with name and times of the file that landed under this digest first, as its Parquet has them.

    Raises Damaged when that file cannot be read.
    """
    path = rows_file(receipt.kind, receipt.digest, folders)
    first = read_rows(path, ["file", "received_at", "modified_at"]).slice(0, 1).to_pydict()
    if not first["file"]:
        raise Damaged(path, "has no row", f"Its file {receipt.file} is still in the inbox: {_TAKE_AWAY}")
    times = {
        name: first[name][0].isoformat(timespec="microseconds") + "+00:00" for name in ("received_at", "modified_at")
    }
    if receipt.part is None:
        times["collected_at"] = times["received_at"]
    return replace(receipt, file=first["file"][0], **times)


def as_json(receipt: Receipt) -> bytes:
    """A receipt as it is written to disk."""
    return canonical_json.document(receipt.as_dict())


def from_json(text: bytes) -> Receipt:
    """The receipt that `as_json` wrote. Raises ValueError, in words, when the text is no receipt."""
    values: Any = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("it is JSON, but not a receipt")
    try:
        problems = tuple(Problem(**problem) for problem in values["problems"])
        pillars = tuple(tuple(one) for one in values.get("pillars", ()))
        receipt = Receipt(**values | {"problems": problems, "pillars": pillars})
    except (KeyError, TypeError) as error:
        raise ValueError(f"it is JSON, but not a receipt: {error}") from error
    texts = (receipt.digest, receipt.file, receipt.received_at, receipt.modified_at)
    if not all(isinstance(one, str) for one in texts):
        raise ValueError("it is JSON, but not a receipt: its digest, its file and its times are texts")
    if receipt.kind not in SCHEMAS or receipt.verdict not in ("accepted", "refused"):
        raise ValueError(f"it is JSON, but not a receipt: it says {receipt.kind!r} and {receipt.verdict!r}")
    return receipt


def _receipt(path: Path) -> Receipt:
    """Read a receipt. Raises FileNotFoundError, and Damaged."""
    with reading_json(path, "Its file landed before, and nothing of it is lost: `gci mend` makes the receipt again."):
        return receipt_in(path.read_bytes(), path)
    raise AssertionError  # reading_json lets nothing fall through


def receipt_in(content: bytes, path: Path) -> Receipt:
    """The receipt that was read from a file. Raises ValueError also when it is not that of the file's name: a copy."""
    receipt = from_json(content)
    if receipt.digest != path.stem:
        raise ValueError(f"it is the receipt of another file, {receipt.digest}: move it away")
    return receipt


def sync(folders: DataFolders, kinds: Sequence[Kind] = get_args(Kind)) -> None:
    """Make the names of what was written last through a power cut, before the originals are removed."""
    for name in ("files", "receipts", "reports", *kinds):
        atomic_file.sync(folders.landing / name)


def _parquet(answers: pa.Table) -> Callable[[BinaryIO], Any]:
    """Writes the table; the same rows give the same bytes."""
    return lambda out: pq.write_table(
        answers, out, compression="zstd", use_dictionary=True, store_schema=False, write_page_checksum=True
    )


def write_once(target: Path, write: Callable[[BinaryIO], Any], folders: DataFolders) -> bool:
    """Write a file that is there whole or not at all; False when it was there before."""
    if target.exists():
        return False
    unfinished = target.with_name(f".{uuid.uuid4().hex}{_PART}")
    try:
        with unfinished.open("xb") as out:
            write(out)
            atomic_file.flush(out)
        return storage_of(folders).landing.land(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
