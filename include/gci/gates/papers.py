"""Papers: what release.json says of the releases that a file names, laid out on the bench beside the file.

| table of schema `papers` | holds |
|---|---|
| `releases`, `gate_results` | the rows that the file must have of each release whose release.json is at hand |
| `due` | the releases that the file must have on record: as many as it names, from the first one on |
| `stated`, `given` | rows and digest of each table: as the file's own release says, as the file has them |
| `bytes` | SHA-256 of a file that lies where a release was published: as it is, as its release says, as landing noted |
| `landed` | digests of what has landed here |
| `today` | the moment at which the gate is held |
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.checksums import sha256
from gci.core.clock import now
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import FILE_KINDS
from gci.gates.insert import insert_rows
from gci.storage.release_papers import gate_rows, must_be_complete, release_row, statement
from gci.storage.released import known

if TYPE_CHECKING:
    import duckdb

_TABLES = """
create schema papers;
create table papers.due (edition varchar, vintage integer);
create table papers.stated (table_name varchar, rows bigint, sha256 varchar);
create table papers.given (table_name varchar, rows bigint, sha256 varchar);
create table papers.bytes (found varchar, expected varchar);
create table papers.landed (digest varchar);
create table papers.today (moment timestamp);
"""
_NO_STATEMENT = (
    "No statement of its tables is at hand: no release.json beside the file that can be used, and none in published/ "
    "of the releases that it names. Nothing else tells who signed when and with which note, digests, code and gate "
    "results of its releases, form versions, links, comments and places in files."
)
_NO_EARLIER_FILE = "No file published before is at hand: that no vintage has changed, and that none is left out."
_NO_DRAWS = (
    "No draws of the audit are at hand: that audit/draws.parquet is what the answers give. The probabilities are held "
    "against draws that were made anew."
)
_NOTHING_LANDED = (
    "Nothing has landed here: that answers, reviews, links and partner values are what was sent, and that their "
    "digests are those of files that arrived."
)


@dataclass(frozen=True)
class Papers:
    """What is at hand of the releases that a file may name.

    Attributes:
        documents: each release.json, in the order of publication.
        own: the one that the file must be, for where it lies; None for a file that lies elsewhere.
        noted: SHA-256 of that release's file as landing noted it when it went out; None where it did not.
    """

    documents: tuple[dict[str, Any], ...] = ()
    own: dict[str, Any] | None = field(default=None)
    noted: str | None = None


NO_PAPERS = Papers()


def papers_of(database: Path, folders: DataFolders) -> Papers:
    """The papers of what is published in the data folder, and of the file's own release where they lie beside it.

    Raises Blocked when a release folder is damaged.
    """
    from gci.storage.release_log import releases

    there = releases(folders)
    for release in there:
        try:
            must_be_complete(release.document)
        except ValueError as error:
            raise Blocked(
                f"{release.folder / 'release.json'} cannot be used: {error}. A release never changes: bring the folder "
                "back from a backup."
            ) from error
    own = _beside(database)
    if own is None and there and folders.current.is_file() and folders.current.samefile(database):
        own = there[-1].document
    documents = {(release.edition, release.vintage): release.document for release in there}
    noted = None
    if own is not None:
        named = own["edition"], own["vintage"]
        documents[named] = own
        of_landing = (one.files.get("gci.duckdb") for one in known(folders) if (one.edition, one.vintage) == named)
        noted = next(of_landing, None)
    return Papers(tuple(sorted(documents.values(), key=lambda document: document["sequence"])), own, noted)


def lay_out_papers(connection: duckdb.DuckDBPyConnection, database: Path, papers: Papers, landing: Path) -> None:
    """Fill the schema `papers`; schema `declared` is there, and the file is known to hold nothing that is evaluated."""
    connection.execute(_TABLES)
    insert_rows(connection, "papers.today", ["moment"], [(now().replace(tzinfo=None),)])
    landed = sorted(path.stem for kind in FILE_KINDS for path in (landing / kind).glob("[!n.]*.parquet"))
    insert_rows(connection, "papers.landed", ["digest"], [(digest,) for digest in landed])
    said = {
        "releases": [release_row(one) for one in papers.documents],
        "gate_results": [row for one in papers.documents for row in gate_rows(one)],
    }
    for table, listed in said.items():
        connection.execute(f"create table papers.{table} as from declared.main.{table} limit 0")
        if listed:
            insert_rows(connection, f"papers.{table}", list(listed[0]), [tuple(row.values()) for row in listed])
    named = _named(connection)
    due = [(one["edition"], one["vintage"]) for one in papers.documents if one["sequence"] <= len(named)]
    insert_rows(connection, "papers.due", ["edition", "vintage"], due)
    if papers.own is not None:
        # File and papers may have been made anew alike: landing knows what went out.
        expected = dict.fromkeys(filter(None, (papers.own["files"]["gci.duckdb"]["sha256"], papers.noted)))
        found = sha256(database)
        insert_rows(connection, "papers.bytes", ["found", "expected"], [(found, one) for one in expected])
    own = papers.own or _claimed(connection, papers, named)
    if own is None or "tables" not in own:
        return
    for name, stated in (("stated", own["tables"]), ("given", statement(connection, "candidate"))):
        digests = [(table, one["rows"], one["sha256"]) for table, one in stated.items()]
        insert_rows(connection, f"papers.{name}", ["table_name", "rows", "sha256"], digests)


def not_held(connection: duckdb.DuckDBPyConnection, *, is_compared: bool) -> tuple[str, ...]:
    """What the gates could not hold the file against, in sentences.

    Args:
        connection: the bench, laid out.
        is_compared: whether the file published before is at hand.
    """

    def has_rows(table: str) -> bool:
        return bool(connection.execute(f"select exists (from {table})").fetchall()[0][0])

    said = []
    if not has_rows("papers.stated"):
        said.append(_NO_STATEMENT)
    if not is_compared:
        said.append(_NO_EARLIER_FILE)
    if not has_rows("papers.landed"):
        said.append(_NOTHING_LANDED)
    if not has_rows("drawn.draws"):
        said.append(_NO_DRAWS)
    return tuple(said)


def _beside(database: Path) -> dict[str, Any] | None:
    """The release.json in the file's folder, where it is about a file of this name and can be used."""
    with suppress(OSError, ValueError, RecursionError):
        document: dict[str, Any] = json.loads((database.parent / "release.json").read_text(encoding="utf-8"))
        must_be_complete(document)
        if database.name in document["files"]:
            return document
    return None


def _named(connection: duckdb.DuckDBPyConnection, listed: str = "releases") -> set[tuple[str, int]]:
    """The releases that the file names, or the vintages that it holds; none where it does not have that table."""
    import duckdb

    try:
        asked = f"select edition, vintage from candidate.{listed} where vintage is not null"
        return set(connection.execute(asked).fetchall())
    except duckdb.Error:
        return set()


def _claimed(
    connection: duckdb.DuckDBPyConnection, papers: Papers, named: set[tuple[str, int]]
) -> dict[str, Any] | None:
    """The release that the file says it is; None for a candidate, which has a vintage that no release of it has.

    It is the one with the place that the number of releases in the file gives, if the file names it. A candidate of the
    partner release holds no vintage that is none of a release: its manifest says that it is one.
    """
    subject = set(connection.execute("select edition, vintage from run.subject").fetchall())
    if (_named(connection, "editions") | subject) - named:
        return None
    claimed = (one for one in papers.documents if one["sequence"] == len(named))
    return next((one for one in claimed if (one["edition"], one["vintage"]) in named), None)
