"""The rows of a landed file: read whole or told as damaged, and the digest by which they are known.

The digest is over the values and not over the bytes of the Parquet file: rows that are made again from the bytes as
received, by a later Arrow with other pages or another compression, are the same rows and have the same digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gci.storage.damage import Damaged

_MARK = b"PAR1"  # a Parquet file begins and ends with it
_REMEDY = "Nothing is lost: `gci mend` makes the rows again from the bytes as received."


def read_rows(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a landed file.

    Args:
        path: the Parquet file.
        columns: the columns that are wanted; all when not given.

    Raises:
        Damaged: it is empty, cut off or cannot be read. FileNotFoundError when it is gone.
    """
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise Damaged(path, "is a folder", _REMEDY) from error
    return rows_of(content, path, columns)


def rows_of(content: bytes, path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows in the bytes of a Parquet file; `path` is where they were read. Raises Damaged.

    Args:
        content: the bytes of the whole file.
        path: where they were read, for messages.
        columns: the columns that are wanted, in this order; all of them where not given.

    Raises:
        Damaged: they are no Parquet, not whole, were changed after they were written, or lack a column.
    """
    if wrong := _wrong(content):
        raise Damaged(path, wrong, _REMEDY)
    try:
        with pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=True) as landed:
            rows: pa.Table = landed.read(columns=list(columns) if columns else None, use_threads=False)
    except (OSError, pa.ArrowException, ValueError) as error:
        said = " ".join(str(error).split())[:200].rstrip(".")
        raise Damaged(path, f"was changed after it was written and cannot be read ({said})", _REMEDY) from error
    if columns and (missing := set(columns) - set(rows.column_names)):
        raise Damaged(path, f"has no column {', '.join(sorted(missing))}", _REMEDY)
    return rows


def rows_digest(rows: pa.Table) -> str:
    """SHA-256 over names, types and values of all columns, in hex; the same however the rows are stored.

    Per column: its name, its type and the number of rows; one byte for each row that says whether there is a value;
    then the values, texts as their lengths and their UTF-8, numbers and moments as Arrow holds them (little endian).
    """
    digest = hashlib.sha256()
    for field, column in zip(rows.schema, rows.columns, strict=True):
        digest.update(f"{field.name}\0{field.type}\0{len(column)}\0".encode())
        values = pa.concat_arrays([pa.array([], field.type), *column.chunks])
        digest.update(_bytes(pc.is_valid(values).cast(pa.uint8())))
        for part in _parts(values):
            digest.update(part)
    return digest.hexdigest()


def digest_of_rows(path: Path) -> str:
    """The digest of the rows of a landed file. Raises Damaged, and FileNotFoundError when it is gone."""
    return rows_digest(read_rows(path))


def _parts(values: Any) -> list[bytes]:
    """The values of a column as bytes; where there is none, those of an empty text or of zero."""
    kind = values.type
    if pa.types.is_string(kind):
        texts = pc.fill_null(values, "")
        return [_bytes(pc.binary_length(texts)), _text(texts)]
    if pa.types.is_boolean(kind):
        values = values.cast(pa.uint8())
    elif pa.types.is_integer(kind) or pa.types.is_timestamp(kind):
        values = values.cast(pa.int64())
    elif pa.types.is_date32(kind):
        values = values.cast(pa.int32())
    elif not pa.types.is_float64(kind):  # no column of the landing zone: the same as text
        return _parts(values.cast(pa.string()))
    return [_bytes(pc.fill_null(values, pa.scalar(0, values.type)))]


def _text(texts: Any) -> bytes:
    """The UTF-8 of all texts, one after the other."""
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return b""
    ends = pa.Array.from_buffers(pa.int32(), len(texts) + 1, [None, offsets], offset=texts.offset)
    return bytes(memoryview(data)[ends[0].as_py() : ends[-1].as_py()])


def _bytes(values: Any) -> bytes:
    """The buffer of an array of fixed width without nulls, as far as it holds values."""
    width = values.type.bit_width // 8
    buffer = values.buffers()[1]
    begin = values.offset * width
    return b"" if buffer is None else bytes(memoryview(buffer)[begin : begin + len(values) * width])


def _wrong(content: bytes) -> str:
    """What is wrong with the ends of a Parquet file; empty when nothing is."""
    if not content:
        return "is empty"
    if not content.startswith(_MARK):
        return "is no Parquet file: it was overwritten"
    return "" if content.endswith(_MARK) else "is cut off"
