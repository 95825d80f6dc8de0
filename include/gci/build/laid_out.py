"""What dbt reads of the landing zone: the rows of exactly the files that a manifest names, held against their digests.

Other files beside them, and whatever becomes of them while dbt works, never reach a candidate. The rows are written
once more: what else a Parquet file holds (statistics, by which DuckDB leaves rows out) is ours too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
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
    for kind in SCHEMAS:
        (home / kind).mkdir(parents=True)
        pq.write_table(empty(kind), home / kind / "none.parquet")
    for kind, digest in named:
        path = rows_file(kind, digest, folders)
        try:
            pq.write_table(_whole(path, sealed.get(digest)), home / kind / path.name)
        except Blocked as error:
            if not leave_out_damaged:
                raise
            log.warning("It is left out: %s", error)
    return home


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
