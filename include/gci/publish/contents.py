"""What a release holds: the whole DuckDB file, the edition's rows as CSV, Parquet and XLSX, audit and provenance."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.audit.stage import FOLDER as AUDIT
from gci.build.kept import FOLDER, REFERENCE
from gci.core import canonical_json
from gci.core.checksums import sha256, sums, write_sums
from gci.core.database import warehouse_file
from gci.core.records import Candidate, SignOff
from gci.core.versions import code_version, commit, software
from gci.publish.changes import changes, decided
from gci.publish.formats import csv, parquet, xlsx
from gci.publish.notes import notes
from gci.storage.release_papers import gate_rows, release_row, statement

if TYPE_CHECKING:
    import duckdb

_SOURCE = (
    "Returns of the member states and desk research of the edition. The answers of 2020 and 2024 are taken over from "
    "the indicator values that ITU has published (World Bank Data360, database ITU_GCI)."
)
_LICENCE = (
    "The figures remain those of their producers (ITU, United Nations, World Bank …), on the terms that each of them "
    "sets: see docs/sources.md of the program. Whoever passes them on names the source."
)

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
        content = sorted(warehouse_file.tables(built).keys() - set(PROVENANCE))
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
        _workbook(published, candidate, row, folder, published_at)
        document["tables"] = statement(published)
    _tell_changes(folder, candidate, before, bool(row["synthetic"]))
    for name in ("manifest.json", REFERENCE):
        if (candidate.folder / name).is_file():
            shutil.copyfile(candidate.folder / name, folder / name)
    for name in ("gates", "data_docs", AUDIT, FOLDER):
        if (candidate.folder / name).is_dir():
            shutil.copytree(candidate.folder / name, folder / name, copy_function=shutil.copyfile)
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

    Tables with an edition: its rows. Comparisons of two editions: where it is one of them. Other tables: all rows.
    """
    there = warehouse_file.columns(connection, table, name)
    where = ""
    if "edition" in there:
        where = f"where edition = {warehouse_file.quoted(edition)}"
    elif "from_edition" in there:
        where = f"where {warehouse_file.quoted(edition)} in (from_edition, to_edition)"
    return f'from {name}.main."{table}" {where} {warehouse_file.in_key_order(connection, table, name)}'


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
    formats = (("csv", csv.write), ("parquet", parquet.write))
    for kind, _ in formats:
        (folder / kind).mkdir(exist_ok=True)
    for table in tables:
        rows = rows_of(connection, table, edition)
        for kind, write_file in formats:
            write_file(connection, table, rows, folder / kind / f"{table}.{kind}")


def _known_errors(connection: duckdb.DuckDBPyConnection, edition: str) -> list[str]:
    """The entries of the register that bite in this edition."""
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


def _workbook(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    row: dict[str, Any],
    folder: Path,
    published_at: datetime,
) -> None:
    name = f"gci_{candidate.edition}_v{candidate.vintage}.xlsx"
    about = {
        "Title": f"{'SYNTHETIC: ' if row['synthetic'] else ''}Global Cybersecurity Index {candidate.edition}, "
        f"vintage {candidate.vintage}",
        "Published at": f"{row['published_at']} UTC",
        "Signed off by": row["signed_by"],
        "Known errors": f"{row['known_errors']} figures published otherwise (sheets Known errors and Differences)",
        "Source": _SOURCE,
        "Licence": _LICENCE,
        "To cite": f"Global Cybersecurity Index {candidate.edition}, vintage {candidate.vintage}, published "
        f"{row['published_at'][:10]}, content digest {row['content_digest'][:12]}.",
        "Content digest": row["content_digest"],
        "Code version": row["code_version"],
    }
    xlsx.write(connection, candidate.edition, folder / name, about, published_at)
