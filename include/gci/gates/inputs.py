"""What a candidate was made of, laid out on the bench: landed rows, receipts and digests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gci.build.candidate import PLAN_AGAIN, load
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.insert import insert_rows
from gci.gates.landed_files import LANDED_FILES, lay_out_landed_files, what_is_wrong
from gci.partners.contracts import dates
from gci.partners.freshness import SourceAge, ages
from gci.storage.chain import Head, head_of, heads
from gci.storage.release_log import releases

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
    "sources": "source varchar, required boolean, stale_days integer, current_on date, age_days integer",
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
        head: the end of the chain of landing as the manifest names it.
        heads: name and head of each release that was built from the chain.
        released: digests of everything that went into a release before.
        closely: whether rows, receipts and bytes are held against the chain: the work of the gate `landed`.
    """

    landing: Path
    edition: str | None = None
    vintage: int | None = None
    editions: tuple[tuple[str, int], ...] = ()
    digests: tuple[tuple[str | None, str, str], ...] = ()
    are_known: bool = False
    sources: tuple[SourceAge, ...] = ()
    dated: tuple[tuple[str, str], ...] = ()
    head: Head | None = None
    heads: tuple[tuple[str, Head], ...] = ()
    released: frozenset[str] = frozenset()
    closely: bool = False


def inputs_of(candidate: Candidate, folders: DataFolders) -> Inputs:
    """What a candidate's manifest names. Raises WrongUsage when there is no manifest to read."""
    path = candidate.folder / "manifest.json"
    load(candidate.folder)
    manifest = json.loads(path.read_bytes())
    try:
        digests = tuple((entry["edition"], entry["kind"], entry["digest"]) for entry in manifest["inputs"])
        dated = tuple((entry["digest"], entry["dated"]) for entry in manifest["inputs"] if entry.get("dated"))
        editions = tuple((entry["edition"], entry["vintage"]) for entry in manifest["editions"])
    except (KeyError, TypeError, AttributeError) as error:
        raise WrongUsage(f"{path} is no manifest ({error}). {PLAN_AGAIN}") from error
    return Inputs(
        folders.landing,
        candidate.edition,
        candidate.vintage,
        editions,
        digests,
        are_known=True,
        sources=ages(folders, {digest for _, kind, digest in digests if kind == "partners"}),
        dated=dated,
        head=head_of(manifest),
        heads=tuple(heads(folders)),
        released=_released(folders),
    )


def _released(folders: DataFolders) -> frozenset[str]:
    """The digests of everything that went into a release."""
    manifests = [release.document.get("manifest") or {} for release in releases(folders)]
    return frozenset(entry["digest"] for manifest in manifests for entry in manifest.get("inputs", ()))


def inputs_of_file(database: Path, folders: DataFolders) -> Inputs:
    """What is known of a file alone: the landing zone, and which candidate it is when its manifest lies beside it."""
    try:
        manifest = json.loads((database.parent / "manifest.json").read_text(encoding="utf-8"))
        if database.name == Candidate("", 0, database.parent, "").database.name:
            return Inputs(folders.landing, manifest["edition"], manifest["vintage"], dated=tuple(dates().items()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return Inputs(folders.landing, dated=tuple(dates().items()))


def lay_out_landing(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fill the schemas `landing` and `run`. A file that cannot be read is listed in landing.unreadable."""
    connection.execute("create schema landing")
    connection.execute("create schema run")
    connection.execute("create table run.subject (edition varchar, vintage integer)")
    connection.execute("create table run.editions (edition varchar, vintage integer)")
    connection.execute("create table run.inputs (edition varchar, kind varchar, digest varchar)")
    connection.execute("create table run.head (sequence integer)")
    for table, columns in (_COLUMNS | LANDED_FILES).items():
        connection.execute(f"create table landing.{table} ({columns})")
    if inputs.edition is not None:
        connection.execute("insert into run.subject values (?, ?)", [inputs.edition, inputs.vintage])
    if inputs.head is not None:
        connection.execute("insert into run.head values (?)", [inputs.head.sequence])
    if inputs.are_known:
        insert_rows(connection, "run.editions", ["edition", "vintage"], list(inputs.editions))
        insert_rows(connection, "run.inputs", ["edition", "kind", "digest"], sorted(inputs.digests, key=str))
    for kind in KINDS:
        _lay_out_rows(connection, inputs, kind)
    for digest, day in inputs.dated:
        given = "update landing.partners set period = ? where landing_digest = ? and period = 'unknown'"
        connection.execute(given, [day, digest])
    if inputs.are_known:
        lay_out_landed_files(connection, inputs)
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
                told = [path.stem, kind, what_is_wrong(path, error)]
                connection.execute("insert into landing.unreadable values (?, ?, ?)", told)
