"""What a release holds: the whole DuckDB file, the edition's rows in every format, audit and provenance."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.audit.stage import FOLDER as AUDIT
from gci.build.kept import FOLDER, REFERENCE
from gci.core import canonical_json
from gci.core.checksums import sha256, sums, write_sums
from gci.core.database import warehouse_file
from gci.core.lines import MEASURES, PARTNERS, SUBJECTS, TABLES, tables_of
from gci.core.records import Candidate, SignOff
from gci.core.versions import code_version, commit, software
from gci.publish.changes import changes, decided
from gci.publish.formats import csv, described, parquet, xlsx
from gci.publish.formats.about import LICENCE, SOURCE, About, reference_year, title
from gci.publish.formats.dictionary import dictionary
from gci.publish.formats.needs import met
from gci.publish.notes import notes
from gci.reference.seed_files import rows_of as rows_of_seed
from gci.reference.seed_files import seed_file
from gci.site.paper import read_paper
from gci.site.stage import FOLDER as PAGES
from gci.storage.release_papers import gate_rows, release_row, statement

if TYPE_CHECKING:
    import duckdb

PROVENANCE = ("gate_results", "releases")
"""Tables that tell when and by whom; what they say is no part of a release's content."""

NOTED = ("planned_for", "planned_by", "locked_inputs", "changed_since_review", "prerelease_copies", "drafts")
"""What release.json says besides, where there is something to say: the hour that was decided and in which decision;
which inputs the review ended with, and what came after it; who got a copy before; how states answered their
drafts."""


def write(
    folder: Path,
    candidate: Candidate,
    sign_off: SignOff,
    reports: list[dict[str, Any]],
    published_at: datetime,
    sequence: int,
    made_by: Mapping[str, Any] | None = None,
    before: Path | None = None,
    noted: Mapping[str, Any] | None = None,
) -> None:
    """Write everything that a release holds into `folder`, which is there and empty.

    Args:
        folder: where to.
        candidate: what is published; only read.
        sign_off: who approved it.
        reports: the reports of its gates, as they wrote them.
        published_at: the moment of publication, in UTC.
        sequence: the release's place among all releases, from 1.
        made_by: code version, commit and software, where a release is made anew; those of here when not given.
        before: the file of the vintage before; None for the first.
        noted: what release.json says besides (NOTED).

    Raises:
        OSError, duckdb.Error, TryAgain: when the disk refuses.
        Blocked: when a text does not fit into the workbook.
    """
    with warehouse_file.reading(candidate.database) as built:
        content = tables_of(candidate.edition, warehouse_file.tables(built).keys() - set(PROVENANCE))
        export(built, content, candidate.edition, folder)
        known_errors = _known_errors(built, candidate.edition)
    manifest = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))
    document = _document(candidate, sign_off, manifest, reports, published_at) | {
        "content_digest": content_digest(folder),
        "known_errors": known_errors,
        "sequence": sequence,
        **(made_by or {"code_version": code_version(), "commit": commit(), "software": software()}),
        **(noted or {}),
    }
    row = release_row(document)
    added = {"releases": [row], "gate_results": list(gate_rows(document))}
    warehouse_file.write(candidate.database, folder / "gci.duckdb", added)
    with warehouse_file.reading(folder / "gci.duckdb") as published:
        export(published, PROVENANCE, candidate.edition, folder)
        if candidate.edition != PARTNERS:  # a book of a hundred thousand rows is for nobody
            about = About.of(row, reference_year(published, candidate.edition), published_at)
            declared = dictionary(published, candidate.edition)
            workbook = folder / f"gci_{candidate.edition}_v{candidate.vintage}.xlsx"
            xlsx.write(published, about, declared, workbook)
            paper = read_paper(candidate.folder / PAGES)
            described.write(published, about, declared, folder, paper.languages if paper else ())
        document["tables"] = statement(published)
    _tell_changes(folder, candidate, before, bool(row["synthetic"]))
    for name in ("manifest.json", REFERENCE):
        if (candidate.folder / name).is_file():
            shutil.copyfile(candidate.folder / name, folder / name)
    for name in ("gates", "data_docs", AUDIT, FOLDER):
        if (candidate.folder / name).is_dir():
            shutil.copytree(candidate.folder / name, folder / name, copy_function=shutil.copyfile)
    if (candidate.folder / PAGES).is_dir():  # /<edition>/v<vintage>/<language>/… is the address that they keep
        shutil.copytree(candidate.folder / PAGES, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    document["files"] = {name: _file(folder / name, digest) for name, digest in sums(folder).items()}
    (folder / "release.json").write_bytes(canonical_json.document(document))
    write_sums(folder)


def _tell_changes(folder: Path, candidate: Candidate, before: Path | None, synthetic: bool) -> None:
    """changes.json and notes.md: what is other than in the vintage before, for programs and for people."""
    file = folder / "gci.duckdb"
    document = {
        "edition": candidate.edition,
        "vintage": candidate.vintage,
        "since": candidate.vintage - 1 if before else None,
        "synthetic": synthetic,
        "changes": changes(before, file, candidate.edition),
        "decisions": decided(before, file, candidate.edition),
    }
    with warehouse_file.reading(file) as published:
        names = {row["iso3"]: row["name_en"] for row in warehouse_file.rows(published, "from member_states")}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
    (folder / "changes.json").write_text(text, encoding="utf-8")
    (folder / "notes.md").write_text(notes(document, names), encoding="utf-8")


def rows_of(connection: duckdb.DuckDBPyConnection, table: str, edition: str, name: str = "warehouse") -> str:
    """The rows of a table that a release of `edition` holds, as the end of a statement: from, where, order by.

    Tables with an edition: its rows. Comparisons of two editions: where it is one of them. Other tables: all rows. The
    partner release (`partners`) has all rows of its tables, and of the measures of activities those of partners, which
    no edition has.
    """
    there = warehouse_file.columns(connection, table, name)
    where = ""
    if table == MEASURES:
        of_partners, quoted = _measures_of_partners(), warehouse_file.quoted
        where = f"where (activity, measure) in {of_partners}"
        if edition != PARTNERS:
            where = f"where edition = {quoted(edition)} and (activity, measure) not in {of_partners}"
    elif "edition" in there and not (edition == PARTNERS and table in TABLES):
        where = f"where edition = {warehouse_file.quoted(edition)}"
    elif "from_edition" in there:
        where = f"where {warehouse_file.quoted(edition)} in (from_edition, to_edition)"
    return f'from {name}.main."{table}" {where} {warehouse_file.in_key_order(connection, table, name)}'


@cache
def _measures_of_partners() -> str:
    """Activity and measure of each measure of partners, as a list of SQL."""
    named = [row for row in rows_of_seed(seed_file("gca_measures")) if row["subject"] in SUBJECTS]
    pairs = (f"({', '.join(warehouse_file.quoted(row[name]) for name in ('activity', 'measure'))})" for row in named)
    return f"({', '.join(pairs)})"


def content_digest(folder: Path) -> str:
    """SHA-256 over the CSV files of a release, but for the two tables that tell when and by whom.

    What is hashed is the text of `sha256sum` over the files in the order of their names, so that
    `sha256sum … | sha256sum` in the folder csv/ gives it too.
    """
    files = [path for path in sorted((folder / "csv").glob("*.csv")) if path.stem not in PROVENANCE]
    listed = "".join(f"{sha256(path)}  {path.name}\n" for path in files)
    return hashlib.sha256(listed.encode()).hexdigest()


def export(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], edition: str, folder: Path) -> None:
    """Write what a release of `edition` holds of each table to folder/csv/ and folder/parquet/."""
    for kind in ("csv", "parquet"):
        (folder / kind).mkdir(exist_ok=True)
    about, comments = _named(connection, edition), parquet.comments(connection)
    for table in tables:
        rows = rows_of(connection, table, edition)
        csv.write(connection, table, rows, folder / "csv" / f"{table}.csv")
        parquet.write(connection, table, rows, folder / "parquet" / f"{table}.parquet", about | comments[table])


def _named(connection: duckdb.DuckDBPyConnection, edition: str) -> dict[str, str]:
    """What each file of a release of `edition` says of it."""
    of_edition = f"where edition = {warehouse_file.quoted(edition)}"
    vintages = warehouse_file.rows(connection, f"select vintage from editions {of_edition}")
    invented = met(connection, {"overall_scores": ("synthetic",)}) and warehouse_file.rows(
        connection, f"select 1 from overall_scores {of_edition} and synthetic limit 1"
    )
    vintage = "".join(str(row["vintage"]) for row in vintages)
    told = {"title": title(edition, vintage, synthetic=bool(invented)), "edition": edition, "vintage": vintage}
    return told | {"source": SOURCE, "licence": LICENCE}


def _known_errors(connection: duckdb.DuckDBPyConnection, edition: str) -> list[str]:
    """The entries of the register that bite in this edition; none for the partner release."""
    listed = f"select id from corrections where edition = {warehouse_file.quoted(edition)} and bites order by id"
    return [row["id"] for row in warehouse_file.rows(connection, listed)]


def _document(
    candidate: Candidate,
    sign_off: SignOff,
    manifest: dict[str, Any],
    reports: list[dict[str, Any]],
    published_at: datetime,
) -> dict[str, Any]:
    """release.json, but for what is only known from the rows that go out and from the other files."""
    kinds = [entry["kind"] for entry in manifest["inputs"] if entry["edition"] == candidate.edition]
    return {
        "edition": candidate.edition,
        "vintage": candidate.vintage,
        "published_at": published_at.isoformat(),
        "sign_off": asdict(sign_off),
        "candidate_digest": sign_off.candidate_digest,
        "inputs_digest": candidate.inputs_digest,
        "returns": kinds.count("survey"),
        "reviews": kinds.count("reviews"),
        "synthetic": bool(manifest.get("synthetic", False)),
        "manifest": manifest,
        "storage_version": warehouse_file.STORAGE_VERSION,
        "gates": reports,
    }


def _file(path: Path, digest: str) -> dict[str, Any]:
    return {"sha256": digest, "size": path.stat().st_size}
