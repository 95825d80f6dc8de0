"""Reads the bytes of landed files once more, through the same readers, and tells where landed rows say otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from gci.collect.apart import check_apart
from gci.collect.check import Checked
from gci.core.checksums import sha256
from gci.core.paths import DataFolders
from gci.core.versions import reading_version
from gci.reference.validation_context import ValidationContext, validation_context
from gci.storage.arrival import Arrival
from gci.storage.chain import Entry, called
from gci.storage.damage import Damaged
from gci.storage.landed_rows import read_rows

_AT_ONCE = os.cpu_count() or 1
_FEW = 16
"""So many files are read one after another: to begin a second reader takes longer."""
_LEAVE = "Bring landing/files back from a backup."


@dataclass(frozen=True)
class Difference:
    """Where landed rows are not what their bytes give.

    Attributes:
        kind: of the file.
        digest: of the file.
        file: the file as people call it.
        column: the column that differs; None where the rows as a whole do.
        found: what landed.
        expected: what the bytes give.
        other_readers: whether the file was read by other readers than those of now, which may be why.
    """

    kind: str
    digest: str
    file: str
    column: str | None
    found: str
    expected: str
    other_readers: bool


def differences(entries: Sequence[Entry], landing: Path, book: ValidationContext | None = None) -> list[Difference]:
    """Read many files again, in processes apart as when they came; several at a time where there are many.

    Args:
        entries: the files; an export of submissions has no rows and is passed over.
        landing: the landing folder.
        book: what to hold them against; the project's own seeds when not given.

    Returns:
        What differs. What cannot be read, rows or bytes, is a difference too.
    """
    # The submissions of an export follow one another: it is read once for all of them.
    asked = sorted((one for one in entries if not one.parts), key=lambda one: (one.part_of or one.digest, one.digest))
    share = max(_FEW, -(-len(asked) // _AT_ONCE))
    shares = [asked[start : start + share] for start in range(0, len(asked), share)]
    held_against = book or validation_context(DataFolders(landing.parent), ever=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda one: list(_each(one, landing, held_against)), shares)
        return [difference for of_share in found for difference in of_share]


def checked_again(
    one: Entry, landing: Path, book: ValidationContext, exports: dict[Entry, Checked] | None = None
) -> Checked:
    """The verdict on the bytes of a landed file, with the name and at the moment of their arrival.

    Args:
        one: the file.
        landing: the landing folder.
        book: what to hold it against.
        exports: for many submissions: holds the export that was read last, which is not read again.

    Raises:
        Damaged: the bytes are gone, or are not what was received.
    """
    if one.part_of is None:
        return _checked(one, landing, book)
    came_at = one.collected_at or one.received_at
    export = replace(one, digest=one.part_of, received_at=came_at, iso3=None, part=None, part_of=None)
    export = replace(export, receipt_digest="", rows_digest=None, synthetic=False, read_by=None)
    known = {} if exports is None else exports
    if export not in known:
        known.clear()
        known[export] = _checked(export, landing, book)
    for part in known[export].parts:
        if part.receipt.digest == one.digest:
            return part
    raise Damaged(original(landing, export.digest), f"does not hold the submission {one.part} any more", _LEAVE)


def original(landing: Path, digest: str) -> Path:
    """The bytes of a file as received. Raises Damaged when they are gone."""
    for path in sorted((landing / "files").glob(f"{digest}*")):
        return path
    raise Damaged(landing / "files" / digest, "is gone", _LEAVE)


def _checked(one: Entry, landing: Path, book: ValidationContext) -> Checked:
    content = original(landing, one.digest)
    if sha256(content) != one.digest:
        raise Damaged(content, "is not what was received: its SHA-256 is another one", _LEAVE)
    # As if it lay where it arrived: the readers go by folder and name, and read the bytes that are kept.
    place = landing.parent / "inbox" / one.kind / (one.edition or one.source or "unplaced") / one.file
    times = (datetime.fromisoformat(moment) for moment in (one.modified_at, one.received_at))
    return check_apart(Arrival(place, one.kind, content, one.digest, content.stat().st_size, 0, *times), book)


def _each(entries: Sequence[Entry], landing: Path, book: ValidationContext) -> Iterator[Difference]:
    exports: dict[Entry, Checked] = {}
    for one in entries:
        yield from _differences(one, landing, book, exports)


def _differences(
    one: Entry, landing: Path, book: ValidationContext, exports: dict[Entry, Checked]
) -> Iterator[Difference]:
    other = one.read_by != reading_version()

    def differs(column: str | None, found: str, expected: str) -> Difference:
        return Difference(one.kind, one.digest, called(one), column, found, expected, other)

    path = landing / one.kind / f"{one.digest}.parquet"
    try:
        landed = read_rows(path)
        again = checked_again(one, landing, book, exports)
    except FileNotFoundError:
        yield differs(None, f"{path} is gone", "the rows of the bytes")
        return
    except Damaged as error:
        # Whatever reads them, what is gone or changed is so.
        yield Difference(one.kind, one.digest, called(one), None, str(error), "rows and bytes as they landed", False)
        return
    rows = again.table
    if rows is None:
        codes = ", ".join(sorted({problem.code for problem in again.receipt.problems if problem.severity == "error"}))
        yield differs(None, "rows that landed", f"none: these bytes are refused ({codes})")
    elif landed.num_rows != rows.num_rows:
        yield differs(None, f"{landed.num_rows} rows", f"{rows.num_rows} rows")
    else:
        for name in landed.column_names:
            if name not in rows.column_names:
                yield differs(name, "a column", "no such column")
            elif told := _differing(name, landed, rows):
                yield differs(name, *told)


def _differing(name: str, landed: pa.Table, rows: pa.Table) -> tuple[str, str] | None:
    """How many values of a column differ, with the first of them: what landed, what the bytes give."""
    there, anew = landed[name], rows[name]
    if there.type != anew.type:
        return f"type {there.type}", f"type {anew.type}"
    same = pc.fill_null(pc.equal(there, anew), False)
    neither = pc.and_(pc.is_null(there), pc.is_null(anew))
    held = pc.or_(same, neither)
    if name == "iso3":  # a name that nobody knew when the file came may be known now
        held = pc.or_(held, pc.is_null(there))
    differing = pc.invert(held)
    count = pc.sum(differing).as_py() or 0
    if not count:
        return None
    first = pc.index(differing, True).as_py()
    line = rows["row"][first].as_py()
    return f"{there[first]} in line {line}, one of {count} values that differ", f"{anew[first]}"
