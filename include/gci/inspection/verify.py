"""Is a release still what was published, and does it follow from its own inputs? Checksums, then recomputation."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.build.kept import FOLDER, REFERENCE
from gci.build.manifest import figures
from gci.core.atomic_file import write_ahead_log
from gci.core.checksums import SUMS, read_sums, sha256, sums
from gci.core.database.warehouse_file import attach, columns, evaluated, key, quoted, reading, rows, tables
from gci.core.errors import Blocked
from gci.core.lines import tables_of
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.core.versions import code_version
from gci.inspection import anew
from gci.inspection.signed import against_the_answer, on_landings_record
from gci.publish.contents import PROVENANCE, content_digest, export
from gci.reread.again import differences
from gci.site.paper import read_paper
from gci.site.stage import write_pages
from gci.storage.chain import Entry, called, entries, heads, landed, not_continued, read
from gci.storage.damage import Damaged
from gci.storage.landed_rows import digest_of_rows
from gci.storage.release_log import Release, releases

if TYPE_CHECKING:
    import duckdb

Differences = list[dict[str, Any]]
SAMPLE = 5


def verify(release: Release, folders: DataFolders, tell: Callable[[str], None] = lambda step: None) -> dict[str, Any]:
    """Check the files of a release, and rebuild it from the inputs that its manifest names.

    Args:
        release: the release.
        folders: where the landing zone with its inputs lies. The rebuilding happens in candidates/ and is cleared away.
        tell: is told each step as it begins.

    Returns:
        release, passed, and what differs, each a list of {where, what}: `files` (against SHA256SUMS and release.json),
        `noted` (against what landing noted when it went out), `signed` (the sign-off against the answer that the server
        signed; `not_held` says in sentences where there is none),
        `current` (gci.duckdb against the newest release), `inputs` (landed files against their digests), `chain` (the
        chain of landing, and whether it goes on from every release), `again` (landed rows against what the readers
        read of the bytes now), `rows`
        (each table of the release against the rebuilt one, with a sample), `exports` (CSV and Parquet against the
        rebuilt rows), `papers` (every other file against the release made anew, and what is on record of it in its own
        and later files against its release.json). `rebuilt` is False when inputs are missing or the release's file is
        beyond reading. `same_code` is False when the code or the seeds are not those of the release: that may be why
        rows differ, and gates and pages are then not made anew.

    Raises:
        Blocked: dbt cannot build from these inputs any more; the message names the models.
    """
    tell("checksums")
    found: dict[str, Differences] = {"files": _files(release), "current": _current(folders)}
    found["noted"] = on_landings_record(release, folders)
    found["signed"], not_held = against_the_answer(release, folders)
    tell("inputs")
    found["inputs"] = _inputs(release, folders)
    seals, breaks = read(folders.landing)
    breaks += not_continued(seals, heads(folders))
    found["chain"] = [{"where": one.where, "what": f"{one.found}; expected: {one.expected}"} for one in breaks]
    tell("reading the bytes again")
    found["again"] = _again(release, folders)
    found["rows"] = _can_be_read(release)
    rebuilt = not found["inputs"] and not found["rows"]
    same_code = release.document["code_version"] == code_version()
    if rebuilt:
        found["papers"] = anew.on_record(release, folders)
        with _scratch(folders) as scratch:
            tell("rebuilding from the inputs")
            database = _rebuild(release, scratch / _candidate_name(release), folders)
            tell("comparing")
            found["rows"] = _rows(release, database)
            found["exports"] = _exports(release, database, scratch / "exports", same_code)
            tell("making the other files anew")
            candidate = Candidate(release.edition, release.vintage, database.parent, release.document["inputs_digest"])
            anew.make(release, candidate, scratch / "release", folders, same_code)
            found["papers"] += anew.differences(release, scratch / "release", candidate, folders, same_code)
    return {
        "release": release.name,
        "folder": str(release.folder),
        "passed": rebuilt and not any(found.values()),
        "rebuilt": rebuilt,
        "same_code": same_code,
        "files_checked": len(release.document["files"]) + 2,
        "inputs_checked": len(release.manifest["inputs"]),
        "not_held": not_held,
        **found,
    }


def _files(release: Release) -> Differences:
    """Files that are not what SHA256SUMS and release.json say, that are gone, or that nobody published."""
    try:
        said = read_sums(release.folder)
    except (OSError, ValueError) as error:
        return [{"where": SUMS, "what": f"cannot be read: {error}"}]
    there = sums(release.folder)
    papers = {name: file["sha256"] for name, file in release.document["files"].items()}
    found = []
    for name in sorted(said.keys() | there.keys() | papers.keys()):
        if name not in there:
            found.append({"where": name, "what": "is gone"})
        elif name not in said:
            found.append({"where": name, "what": f"is not in {SUMS}"})
        elif there[name] != said[name]:
            found.append({"where": name, "what": f"has SHA-256 {there[name]}, not {said[name]} as in {SUMS}"})
        elif name != "release.json" and there[name] != papers.get(name):
            found.append({"where": name, "what": "is not what release.json says"})
    return found


def _current(folders: DataFolders) -> Differences:
    newest = releases(folders)[-1]
    expected = newest.document["files"]["gci.duckdb"]["sha256"]
    if not folders.current.is_file():
        return [{"where": str(folders.current), "what": "is gone"}]
    if write_ahead_log(folders.current).exists():
        return [{"where": str(write_ahead_log(folders.current)), "what": "somebody has written to the published file"}]
    if sha256(folders.current) != expected:
        return [{"where": str(folders.current), "what": f"is not the file of {newest.name}, the newest release"}]
    return []


def _inputs(release: Release, folders: DataFolders) -> Differences:
    """Inputs of the manifest that have left the landing zone, or whose bytes no longer have their digest."""
    found = []
    originals = {path.name[:64]: path for path in (folders.landing / "files").glob("[!.]*")}
    sealed = entries(read(folders.landing)[0])
    for entry in release.manifest["inputs"]:
        kind, digest = entry["kind"], entry["digest"]
        rows_landed = folders.landing / kind / f"{digest}.parquet"
        original = originals.get(digest)
        if what := _wrong_rows(rows_landed, sealed.get(digest)):
            found.append({"where": str(rows_landed), "what": what})
        if original is None:
            found.append({"where": f"landing/files/{digest}", "what": "the file as received is gone"})
        elif sha256(original) != digest:
            found.append({"where": str(original), "what": "is not what was received: its SHA-256 has changed"})
    return found


def _wrong_rows(landed: Path, entry: Entry | None) -> str:
    """What is wrong with the rows of an input; empty when nothing is."""
    whose = f"{called(entry)}: " if entry else ""
    try:
        now = digest_of_rows(landed)
    except FileNotFoundError:
        return f"{whose}is gone: without it nothing can be recomputed"
    except Damaged as error:
        return f"{whose}{error.reason}. {error.remedy}"
    same = entry is None or now == (entry.rows_digest or now)
    return "" if same else f"{whose}holds other rows than landed: `gci mend` makes them again"


def _again(release: Release, folders: DataFolders) -> Differences:
    """Inputs of the manifest whose bytes the readers read otherwise than the rows that landed."""
    named = {entry["digest"] for entry in release.manifest["inputs"]}
    found = differences([one for one in landed(folders) if one.digest in named], folders.landing)
    return [
        {"where": one.file, "what": f"{one.column or 'its rows'}: {one.found}; the bytes give {one.expected}"}
        for one in found
    ]


def _can_be_read(release: Release) -> Differences:
    """Why the release's DuckDB file cannot be read; nothing when it can. Nothing in it is computed by looking."""
    import duckdb

    try:
        with reading(release.database, "release") as connection:
            found = evaluated(connection, "release")
            if not found and not tables(connection, "release"):
                found = [("gci.duckdb", "a file without tables")]
    except (duckdb.Error, Blocked) as error:
        return [{"where": "gci.duckdb", "what": f"cannot be read: {' '.join(str(error).split())}"}]
    return [{"where": name, "what": f"is {what}, which nobody published"} for name, what in found]


@contextmanager
def _scratch(folders: DataFolders) -> Iterator[Path]:
    """A hidden folder among the candidates, gone afterwards."""
    folders.candidates.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".verify-", dir=folders.candidates))
    try:
        for name in ("exports", "release"):
            (scratch / name).mkdir()
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _candidate_name(release: Release) -> str:
    """The name of the candidate's folder as it was planned: its pages say it."""
    return Path(f"{release.edition}-v{release.vintage}-{release.document['inputs_digest'][:12]}").name


def _rebuild(release: Release, folder: Path, folders: DataFolders) -> Path:
    """Build the release's database and its audit again from its manifest, on the releases that there were before it."""
    from gci.audit.stage import write_audit
    from gci.build.candidate import build

    folder.mkdir()
    before = [one for one in releases(folders) if one.edition == release.edition and one.vintage == release.vintage - 1]
    documents: dict[str, Any] = {"manifest": release.manifest, "group_members": [], "revisions": []}
    documents["figures_before"] = [row for one in before for row in figures(one)]
    with reading(release.database) as connection:
        for table in PROVENANCE:
            documents[table] = rows(connection, f"from {table} where not {anew.own(release)} order by all")
        if "group_members" in tables(connection):
            others = f"edition != {quoted(release.edition)}"
            documents["group_members"] = rows(connection, f"from group_members where {others} order by all")
        if "revisions" in tables(connection):
            documents["revisions"] = rows(connection, f"from revisions where not {anew.own(release)} order by all")
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    if (release.folder / REFERENCE).is_file():
        shutil.copyfile(release.folder / REFERENCE, folder / REFERENCE)
    if (release.folder / FOLDER).is_dir():
        shutil.copytree(release.folder / FOLDER, folder / FOLDER)
    candidate = Candidate(release.edition, release.vintage, folder, release.document["inputs_digest"])
    build(candidate, folders)
    write_audit(candidate)
    if paper := read_paper(release.folder):  # releases from before there were pages have none
        write_pages(candidate, like=paper)
    return candidate.database


def _rows(release: Release, database: Path) -> Differences:
    """Tables whose rows differ between the release and the rebuilt file, each with a sample of the differing keys."""
    found = []
    with reading(release.database, "release") as connection:
        attach(connection, database, "rebuilt")
        published, rebuilt = (tables(connection, name) for name in ("release", "rebuilt"))
        for table in sorted(published.keys() | rebuilt.keys()):
            if table not in rebuilt:
                found.append({"where": table, "what": "the rebuilt file has no such table"})
            elif table not in published:
                found.append({"where": table, "what": "the release has no such table"})
            elif difference := _difference(connection, table, release):
                found.append({"where": table} | difference)
    return found


def _difference(connection: duckdb.DuckDBPyConnection, table: str, release: Release) -> dict[str, Any] | None:
    there, due = (columns(connection, table, name) for name in ("release", "rebuilt"))
    if there != due:
        return {"what": "has other columns or types than the rebuilt table"}
    earlier = f"where not {anew.own(release)}" if table in PROVENANCE else ""
    one, other = f"from release.main.{table} {earlier}", f"from rebuilt.main.{table}"
    keys = ", ".join(f'"{column}"' for column in key(connection, table, "release"))
    differing = f"select {keys} from (({{}}) except all ({{}}))"
    both = " union ".join((differing.format(one, other), differing.format(other, one)))
    (count,) = (row["n"] for row in rows(connection, f"select count(*) as n from ({both})"))
    if not count:
        return None
    sample = rows(connection, f"from ({both}) order by all limit {SAMPLE}")
    return {"what": f"{count} rows differ from what the inputs give", "sample": sample}


def _exports(release: Release, database: Path, folder: Path, same_code: bool) -> Differences:
    """CSV and Parquet files of the release that do not hold what the inputs give, and its content digest."""
    with reading(database) as connection:
        content = tables_of(release.edition, tables(connection).keys() - set(PROVENANCE))
        export(connection, content, release.edition, folder)
        due = sorted(path for path in folder.rglob("*.*") if path.is_file())
        found = [_export(release, path, connection, same_code) for path in due]
        provenance = {f"{kind}/{table}.{kind}" for kind in ("csv", "parquet") for table in PROVENANCE}
        known = provenance | {path.relative_to(folder).as_posix() for path in due}
        # Whoever reads parquet/*.parquet reads these rows too.
        there = (path for kind in ("csv", "parquet") for path in sorted((release.folder / kind).rglob("*")))
        names = (path.relative_to(release.folder).as_posix() for path in there if not path.is_dir())
        found += [{"where": name, "what": "is no file of this release"} for name in names if name not in known]
    if content_digest(folder) != release.document["content_digest"]:
        found.append({"where": "release.json", "what": "its content_digest is not that of what the inputs give"})
    return [difference for difference in found if difference]


def _export(release: Release, rebuilt: Path, connection: duckdb.DuckDBPyConnection, same_code: bool) -> dict[str, Any]:
    """What differs in one file; empty when it is the same: CSV to the byte, Parquet in its rows and what it says."""
    name = f"{rebuilt.parent.name}/{rebuilt.name}"
    published = release.folder / name
    if not published.is_file():
        return {"where": name, "what": "is gone"}
    if rebuilt.suffix == ".parquet":
        files = (f"from read_parquet({quoted(str(file))})" for file in (published, rebuilt))
        one, other = (f"({file})" for file in files)
        described = [rows(connection, f"describe {side}") for side in (one, other)]
        if described[0] != described[1]:
            return {"where": name, "what": "has other columns or types"}
        statement = f"({one} except all {other}) union all ({other} except all {one})"
        if rows(connection, statement):
            return {"where": name, "what": "holds other rows"}
        said = [
            rows(connection, f"select key, value from parquet_kv_metadata({quoted(str(file))}) order by all")
            for file in (published, rebuilt)
        ]
        return {"where": name, "what": "says other things of itself"} if same_code and said[0] != said[1] else {}
    same = published.read_bytes() == rebuilt.read_bytes()
    return {} if same else {"where": name, "what": "holds other bytes than the inputs give"}
