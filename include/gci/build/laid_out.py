"""What dbt reads of the landing zone: the rows of exactly the files that a manifest names, held against their digests.

Other files beside them, and whatever becomes of them while dbt works, never reach a candidate. The rows are written
once more, those of many files into one: what else a Parquet file holds (statistics, by which DuckDB leaves rows out) is
ours too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Kind
from gci.storage.chain import Entry, called, entries, read
from gci.storage.damage import Damaged
from gci.storage.landed_rows import read_rows, rows_digest
from gci.storage.landing import SCHEMAS, empty, rows_file

log = logging.getLogger(__name__)

ROW_GROUP = 100_000
"""Rows that are at hand at one time, and written together."""


def lay_out(
    named: Iterable[tuple[Kind, str]], into: Path, folders: DataFolders, *, leave_out_damaged: bool = False
) -> Path:
    """Write the rows of landed files to a new folder, `landing`, with one file per kind that carries the columns.

    Args:
        named: kind and digest of each.
        into: the folder in which it is made.
        folders: where the landing zone lies.
        leave_out_damaged: whether what is damaged is told of and left out.

    Returns:
        The new folder, laid out as the landing zone is.

    Raises:
        Blocked: rows are gone, damaged, or other rows than were sealed, and are not to be left out.
    """
    sealed = entries(read(folders.landing)[0])
    home = into / "landing"
    asked: dict[Kind, list[str]] = {kind: [] for kind in SCHEMAS}
    for kind, digest in named:
        asked[kind].append(digest)
    for kind, digests in asked.items():
        (home / kind).mkdir(parents=True)
        pq.write_table(empty(kind), home / kind / "none.parquet")
        landed = (rows_file(kind, digest, folders) for digest in digests)
        _write(_each(landed, sealed, leave_out_damaged=leave_out_damaged), home / kind)
    return home


def _each(paths: Iterable[Path], sealed: Mapping[str, Entry], *, leave_out_damaged: bool) -> Iterator[pa.Table]:
    for path in paths:
        try:
            yield _whole(path, sealed.get(path.stem))
        except Blocked as error:
            if not leave_out_damaged:
                raise
            log.warning("It is left out: %s", error)


def _write(landed: Iterable[pa.Table], folder: Path) -> None:
    """Write rows in their order, those of neighbours with the same columns into one file: DuckDB opens few of them."""
    for number, (schema, alike) in enumerate(groupby(landed, lambda rows: rows.schema)):
        with pq.ParquetWriter(folder / f"rows-{number:06}.parquet", schema) as file:
            for rows in _together(alike):
                file.write_table(rows)


def _together(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows of tables with the same columns, as tables of about ROW_GROUP rows."""
    waiting: list[pa.Table] = []
    count = 0
    for rows in tables:
        waiting.append(rows)
        count += rows.num_rows
        if count >= ROW_GROUP:
            yield pa.concat_tables(waiting).combine_chunks()
            waiting, count = [], 0
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks()


def _whole(path: Path, entry: Entry | None) -> pa.Table:
    """The rows of a landed file. Raises Blocked unless they are those that were sealed."""
    whose = f" It holds the rows of {called(entry)}." if entry else ""
    mend = "`gci mend` makes the rows again from the bytes as received."
    try:
        rows = read_rows(path)
    except FileNotFoundError as error:
        raise Blocked(f"{path} is gone.{whose} {mend}") from error
    except Damaged as error:
        raise Blocked(f"{error}{whose}") from error
    if entry and entry.rows_digest and rows_digest(rows) != entry.rows_digest:
        raise Blocked(f"{path} was changed after it landed.{whose} {mend}")
    return rows
