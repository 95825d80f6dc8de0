"""What a candidate was made of, laid out on the bench: landed rows, receipts and digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.collect.contracts import dates
from gci.errors import WrongUsage
from gci.freshness import SourceAge, ages
from gci.paths import DataFolders
from gci.records import Candidate

if TYPE_CHECKING:
    import duckdb

KINDS = ("survey", "reviews", "partners")
_COLUMNS = {
    "survey": "return_digest varchar, edition varchar, iso3 varchar, collector varchar, item varchar, answer varchar, "
    "evidence_url varchar, comment varchar, file varchar, sheet varchar, row integer, received_at timestamp, "
    "modified_at timestamp, form_version varchar, synthetic boolean",
    "reviews": "review_digest varchar, edition varchar, iso3 varchar, item varchar, verdict varchar, answer varchar, "
    "reason varchar, reviewer varchar, reviewed_on date, file varchar, row integer, received_at timestamp, "
    "modified_at timestamp",
    "partners": "landing_digest varchar, source varchar, series varchar, iso3 varchar, area varchar, period varchar, "
    "value double, unit varchar, obs_status varchar, retrieved_on date, file varchar, row integer, "
    "received_at timestamp, modified_at timestamp",
    "receipts": "digest varchar, kind varchar, file varchar, verdict varchar, received_at timestamp, "
    "modified_at timestamp, edition varchar, iso3 varchar, source varchar, collector varchar, answered integer, "
    "items integer, form_version varchar, synthetic boolean, collected_at timestamp, parts integer",
    "files": "digest varchar, kind varchar, sha256 varchar",
    "sources": "source varchar, required boolean, stale_days integer, current_on date, age_days integer",
    "unreadable": "digest varchar, kind varchar, reason varchar",
}


@dataclass(frozen=True)
class Inputs:
    """What a candidate was made of, and where it lies.

    Attributes:
        landing: the landing folder.
        edition: edition of the candidate; None when a file is tested of which nobody knows.
        vintage: the vintage that the candidate would become.
        editions: every edition that the candidate holds, with its vintage.
        digests: (edition or None, kind, digest) of everything that went in.
        are_known: whether `editions` and `digests` are a manifest to be held against. For a file alone there is none,
            and all that has landed is laid out.
        sources: how old the latest file of each partner is.
        dated: (digest, day) of partner files of which only the description of their source says of which day they are.
    """

    landing: Path
    edition: str | None = None
    vintage: int | None = None
    editions: tuple[tuple[str, int], ...] = ()
    digests: tuple[tuple[str | None, str, str], ...] = ()
    are_known: bool = False
    sources: tuple[SourceAge, ...] = ()
    dated: tuple[tuple[str, str], ...] = ()


def inputs_of(candidate: Candidate, folders: DataFolders) -> Inputs:
    """What a candidate's manifest names. Raises WrongUsage when there is no manifest to read."""
    path = candidate.folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        digests = tuple((entry["edition"], entry["kind"], entry["digest"]) for entry in manifest["inputs"])
        return Inputs(
            folders.landing,
            candidate.edition,
            candidate.vintage,
            tuple((entry["edition"], entry["vintage"]) for entry in manifest["editions"]),
            digests,
            are_known=True,
            sources=ages(folders, {digest for _, kind, digest in digests if kind == "partners"}),
            dated=tuple((entry["digest"], entry["dated"]) for entry in manifest["inputs"] if entry.get("dated")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUsage(f"{path} cannot be read ({error}): plan the candidate again.") from error


def inputs_of_file(database: Path, folders: DataFolders) -> Inputs:
    """What is known of a file alone: the landing zone, and which candidate it is when its manifest lies beside it."""
    try:
        manifest = json.loads((database.parent / "manifest.json").read_text(encoding="utf-8"))
        if database.name == Candidate("", 0, database.parent, "").database.name:
            return Inputs(folders.landing, manifest["edition"], manifest["vintage"], dated=tuple(dates().items()))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return Inputs(folders.landing, dated=tuple(dates().items()))


def lay_out_landing(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fill the schemas `landing` and `run`. A file that cannot be read is listed in landing.unreadable."""
    connection.execute("create schema landing")
    connection.execute("create schema run")
    connection.execute("create table run.subject (edition varchar, vintage integer)")
    connection.execute("create table run.editions (edition varchar, vintage integer)")
    connection.execute("create table run.inputs (edition varchar, kind varchar, digest varchar)")
    for table, columns in _COLUMNS.items():
        connection.execute(f"create table landing.{table} ({columns})")
    if inputs.edition is not None:
        connection.execute("insert into run.subject values (?, ?)", [inputs.edition, inputs.vintage])
    if inputs.are_known:
        insert_rows(connection, "run.editions", ["edition", "vintage"], list(inputs.editions))
        insert_rows(connection, "run.inputs", ["edition", "kind", "digest"], sorted(inputs.digests, key=str))
    for kind in KINDS:
        _lay_out_rows(connection, inputs, kind)
    for digest, day in inputs.dated:
        given = "update landing.partners set period = ? where landing_digest = ? and period = 'unknown'"
        connection.execute(given, [day, digest])
    if inputs.are_known:
        _lay_out_receipts(connection, inputs)
        fields = ["source", "required", "stale_days", "current_on", "age_days"]
        rows = [tuple(getattr(one, name) for name in fields) for one in inputs.sources]
        insert_rows(connection, "landing.sources", fields, rows)


def _lay_out_rows(connection: duckdb.DuckDBPyConnection, inputs: Inputs, kind: str) -> None:
    import duckdb

    folder = inputs.landing / kind
    wanted = {digest for _, one, digest in inputs.digests if one == kind}
    there = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    paths = [path for path in there if path.stem in wanted or not inputs.are_known]
    if not paths:
        return
    insert = f"insert into landing.{kind} by name from read_parquet(?, union_by_name = true)"
    try:
        connection.execute(insert, [[str(path) for path in paths]])
    except duckdb.Error:
        for path in paths:
            try:
                connection.execute(insert, [[str(path)]])
            except duckdb.Error as error:
                reason = str(error).splitlines()[0]
                connection.execute("insert into landing.unreadable values (?, ?, ?)", [path.stem, kind, reason])


def _lay_out_receipts(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Every receipt there is, and the digest of the bytes of each input as they are now."""
    fields = [column.split()[0] for column in _COLUMNS["receipts"].split(", ")]
    receipts: list[tuple[Any, ...]] = []
    unreadable: list[tuple[Any, ...]] = []
    for path in sorted((inputs.landing / "receipts").glob("*.json")):
        try:
            receipt = json.loads(path.read_text(encoding="utf-8"))
            receipts.append(tuple(receipt.get(name) for name in fields))
        except (OSError, ValueError, AttributeError) as error:
            unreadable.append((path.stem, "receipt", str(error)))
    insert_rows(connection, "landing.receipts", fields, receipts)
    insert_rows(connection, "landing.unreadable", ["digest", "kind", "reason"], unreadable)
    originals = {path.name[:64]: path for path in (inputs.landing / "files").glob("*")}
    files = [
        (digest, kind, hashlib.sha256(originals[digest].read_bytes()).hexdigest())
        for _, kind, digest in inputs.digests
        if digest in originals
    ]
    insert_rows(connection, "landing.files", ["digest", "kind", "sha256"], files)


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, fields: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert many rows at once, as text that DuckDB casts; row by row would take a second for a few hundred.

    What cannot be cast becomes null: the checks of the table then say that a value is missing.
    """
    if not rows:
        return
    import pyarrow as pa

    texts = [[None if value is None else str(value) for value in column] for column in zip(*rows, strict=True)]
    incoming = pa.table({name: pa.array(column, pa.string()) for name, column in zip(fields, texts, strict=True)})
    types = dict(connection.execute(f"select column_name, column_type from (describe {table})").fetchall())
    casts = ", ".join(f'try_cast("{name}" as {types[name]}) as "{name}"' for name in fields)
    connection.register("incoming", incoming)
    connection.execute(f"insert into {table} by name select {casts} from incoming")
    connection.unregister("incoming")
