"""The landing zone: every accepted file once, as Parquet, under its digest. Nothing is ever rewritten."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from gci.paths import DataFolders
from gci.records import Kind, Problem, Receipt
from gci.store.landed import put_first

_NO_ROWS = "none"  # no digest begins with it
_MOMENT = pa.timestamp("us")  # UTC; without a zone, so that no reader converts it
_ARRIVED = [("received_at", _MOMENT), ("modified_at", _MOMENT)]

SCHEMAS: dict[Kind, pa.Schema] = {
    "survey": pa.schema(
        [(name, pa.string()) for name in ("return_digest", "edition", "iso3", "collector", "item", "answer")]
        + [(name, pa.string()) for name in ("evidence_url", "comment", "file", "sheet")]
        + [("row", pa.int32()), *_ARRIVED, ("form_version", pa.string()), ("synthetic", pa.bool_())]
    ),
    "reviews": pa.schema(
        [(name, pa.string()) for name in ("review_digest", "edition", "iso3", "item", "verdict", "answer")]
        + [("reason", pa.string()), ("reviewer", pa.string()), ("reviewed_on", pa.date32()), ("file", pa.string())]
        + [("row", pa.int32()), *_ARRIVED]
    ),
    "partners": pa.schema(
        [(name, pa.string()) for name in ("landing_digest", "source", "series", "iso3", "area", "period")]
        + [("value", pa.float64()), ("unit", pa.string()), ("obs_status", pa.string())]
        + [("retrieved_on", pa.date32()), ("file", pa.string()), ("row", pa.int32()), *_ARRIVED]
    ),
}

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
    for name in ("files", "receipts", "reports", *SCHEMAS):
        (folders.landing / name).mkdir(parents=True, exist_ok=True)
        for part in (folders.landing / name).glob(f".*{_PART}"):
            with _absent_is_fine():
                if time.time() - part.stat().st_mtime > _STALE:
                    part.unlink()
    for kind, schema in SCHEMAS.items():
        if not (none := no_rows(kind, folders)).exists():
            write_once(none, _parquet(table(kind, dict.fromkeys(schema.names, ()))), folders)


def no_rows(kind: Kind, folders: DataFolders) -> Path:
    """The file of zero rows that carries the columns of a kind.

    Its name goes with the columns: files that landed before there was a column are read with it missing.
    """
    columns = hashlib.sha256(",".join(f"{one.name} {one.type}" for one in SCHEMAS[kind]).encode()).hexdigest()
    return folders.landing / kind / f"{_NO_ROWS}-{columns[:8]}.parquet"


def landed(kind: Kind, folders: DataFolders) -> list[str]:
    """The digests of all files of a kind that have landed, sorted."""
    found = (path.stem for path in (folders.landing / kind).glob("[!.]*.parquet"))
    return sorted(stem for stem in found if not stem.startswith(_NO_ROWS))


def land(answers: pa.Table, kind: Kind, digest: str, folders: DataFolders) -> bool:
    """Write the rows of one accepted file to landing/<kind>/<digest>.parquet.

    Args:
        answers: rows with the columns of SCHEMAS[kind].
        kind: survey, reviews or partners.
        digest: SHA-256 of the file's bytes.
        folders: where the landing zone is.

    Returns:
        False when that digest has landed before; what lies there stays as it is. OSError when the disk refuses.
    """
    return write_once(folders.landing / kind / f"{digest}.parquet", _parquet(answers), folders)


def part(folders: DataFolders) -> Path:
    """A name in landing/files that nobody else has, for bytes on their way in."""
    return folders.landing / "files" / f".{uuid.uuid4().hex}{_PART}"


def keep_file(content: Path, digest: str, suffix: str, folders: DataFolders) -> bool:
    """Keep the bytes of a file as landing/files/<digest><suffix>; `content` lies in that folder and stays.

    False when they are kept already.
    """
    with content.open("rb") as written:
        os.fsync(written.fileno())
    return _give_name(content, folders.landing / "files" / f"{digest}{suffix}", folders)


def write_receipt(receipt: Receipt, folders: DataFolders) -> bool:
    """Write landing/receipts/<digest>.json; False when there is one already."""
    target = folders.landing / "receipts" / f"{receipt.digest}.json"
    return write_once(target, lambda out: out.write(as_json(receipt)), folders)


def read_receipt(digest: str, folders: DataFolders) -> Receipt | None:
    """The receipt of a file that has landed; None when there is none."""
    try:
        return from_json((folders.landing / "receipts" / f"{digest}.json").read_bytes())
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
    """The receipts of all accepted files, in the order in which they count."""
    found = [from_json(path.read_bytes()) for path in (folders.landing / "receipts").glob("*.json")]
    return sorted(found, key=lambda receipt: (receipt.received_at, receipt.modified_at, receipt.digest))


def as_landed(receipt: Receipt, folders: DataFolders) -> Receipt:
    """The receipt with name and times of the file that landed under this digest first, as its Parquet has them."""
    path = folders.landing / receipt.kind / f"{receipt.digest}.parquet"
    with pq.ParquetFile(path) as landed:
        first = landed.read(columns=["file", "received_at", "modified_at"]).slice(0, 1).to_pydict()
    times = {
        name: first[name][0].isoformat(timespec="microseconds") + "+00:00" for name in ("received_at", "modified_at")
    }
    if receipt.part is None:
        times["collected_at"] = times["received_at"]
    return replace(receipt, file=first["file"][0], **times)


def as_json(receipt: Receipt) -> bytes:
    """A receipt as it is written to disk."""
    return (json.dumps(receipt.as_dict(), sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def from_json(text: bytes) -> Receipt:
    """The receipt that `as_json` wrote."""
    values: dict[str, Any] = json.loads(text)
    problems = tuple(Problem(**problem) for problem in values["problems"])
    pillars = tuple(tuple(one) for one in values.get("pillars", ()))
    return Receipt(**values | {"problems": problems, "pillars": pillars})


def sync(folders: DataFolders, kinds: Sequence[Kind] = get_args(Kind)) -> None:
    """Make the names of what was written last through a power cut, before the originals are removed."""
    for name in ("files", "receipts", "reports", *kinds):
        handle = os.open(folders.landing / name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _parquet(answers: pa.Table) -> Callable[[BinaryIO], Any]:
    """Writes the table; the same rows give the same bytes."""
    return lambda out: pq.write_table(answers, out, compression="zstd", use_dictionary=True, store_schema=False)


def write_once(target: Path, write: Callable[[BinaryIO], Any], folders: DataFolders) -> bool:
    """Write a file that is there whole or not at all; False when it was there before."""
    if target.exists():
        return False
    unfinished = target.with_name(f".{uuid.uuid4().hex}{_PART}")
    try:
        with unfinished.open("xb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        return _give_name(unfinished, target, folders)
    finally:
        unfinished.unlink(missing_ok=True)


def _give_name(source: Path, target: Path, folders: DataFolders) -> bool:
    """Give finished bytes their name, also in the store, if nobody was first: unlike a rename, a link fails.

    The store decides first where there is one: what has its name here has it there.
    """
    first_in_store = put_first(source, target, folders)
    if first_in_store is False:
        return False
    try:
        os.link(source, target)
    except FileExistsError:
        return bool(first_in_store)
    return True


@contextmanager
def _absent_is_fine() -> Iterator[None]:
    """Another worker may take a stale part away at the same time."""
    try:
        yield
    except FileNotFoundError:
        return
