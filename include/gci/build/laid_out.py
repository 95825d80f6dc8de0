"""What dbt reads of the landing zone: copies of exactly the files that a manifest names, each held against its digest.

Other files beside them, and whatever becomes of them while dbt works, never reach a candidate.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from gci.chain import Entry, called, entries, read
from gci.damage import Damaged
from gci.errors import Blocked
from gci.landed_rows import rows_digest, rows_of
from gci.landing import SCHEMAS, empty, rows_file
from gci.paths import DataFolders
from gci.records import Kind

log = logging.getLogger(__name__)


def lay_out(
    named: Iterable[tuple[Kind, str]], into: Path, folders: DataFolders, *, leave_out_damaged: bool = False
) -> Path:
    """Copy the rows of landed files to a new folder, `landing`, with one file per kind that carries the columns.

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
            (home / kind / path.name).write_bytes(_whole(path, sealed.get(digest)))
        except Blocked as error:
            if not leave_out_damaged:
                raise
            log.warning("It is left out: %s", error)
    return home


def _whole(path: Path, entry: Entry | None) -> bytes:
    """The bytes of a file of rows. Raises Blocked unless they hold the rows that were sealed."""
    whose = f" It holds the rows of {called(entry)}." if entry else ""
    mend = "`gci mend` makes the rows again from the bytes as received."
    try:
        content = path.read_bytes()
        now = rows_digest(rows_of(content, path))
    except FileNotFoundError as error:
        raise Blocked(f"{path} is gone.{whose} {mend}") from error
    except Damaged as error:
        raise Blocked(f"{error}{whose}") from error
    if entry and entry.rows_digest and now != entry.rows_digest:
        raise Blocked(f"{path} was changed after it landed.{whose} {mend}")
    return content
