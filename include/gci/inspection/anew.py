"""A release made anew from its own inputs: every file that it should hold, beside the ones that it does.

The same code makes the same bytes, so that papers and checksums written anew over a changed workbook or page help
nobody. What only the sign-off itself says (by whom, when, with which note) is taken from the release's papers, and held
against what later files have on record of it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from gci.core.checksums import SUMS, sha256, sums
from gci.core.database.warehouse_file import evaluated, quoted, reading, rows
from gci.core.gates import GATES
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.publish import contents
from gci.storage.release_log import Release, releases
from gci.storage.release_papers import gate_rows, release_row

Differences = list[dict[str, Any]]

MADE_BY = ("code_version", "commit", "software")
_OWN = ("csv/", "parquet/", "gci.duckdb", SUMS, "release.json")  # compared elsewhere, or in what they say
_MOMENTS = ("published_at", "planned_for", "signed_at")
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")
_FINGERPRINT = re.compile(rb"\b[0-9a-f]{32}\b")


def make(release: Release, candidate: Candidate, folder: Path, folders: DataFolders, same_code: bool) -> None:
    """Write the release anew into `folder`, which is there and empty.

    Args:
        release: the release, whose papers say who signed it when.
        candidate: its candidate, built anew from its inputs.
        folder: where to.
        folders: where the landing zone and the earlier releases lie.
        same_code: whether the gates and pages can be made anew too; other code has other checks.
    """
    papers = release.document
    reports = papers["gates"]
    if same_code:
        before = [one for one in releases(folders) if one.sequence < release.sequence]
        with _at(papers["published_at"]):
            reports = [_held(gate, candidate, before, folders) for gate in GATES]
    moment = datetime.fromisoformat(papers["published_at"])
    signed = SignOff(**papers["sign_off"])
    made_by = {name: papers[name] for name in MADE_BY}
    noted = {name: papers[name] for name in contents.NOTED if name in papers}
    earlier = (release.edition, release.vintage - 1)
    since = next((one.database for one in releases(folders) if (one.edition, one.vintage) == earlier), None)
    contents.write(folder, candidate, signed, reports, moment, release.sequence, made_by, since, noted)


def differences(
    release: Release, folder: Path, candidate: Candidate, folders: DataFolders, same_code: bool
) -> Differences:
    """Files of the release that are not what was made anew in `folder`, and what release.json says otherwise.

    CSV, Parquet and the rows of gci.duckdb are compared elsewhere; of gci.duckdb here the bytes.
    """
    there, anew = (sums(one) for one in (release.folder, folder))
    found = []
    for name in sorted(there.keys() | anew.keys()):
        if name.startswith(_OWN) or not (same_code or name.endswith(".xlsx")):
            continue
        if name not in anew or name not in there:
            found.append({"where": name, "what": "is no file of this release" if name in there else "is gone"})
        elif there[name] != anew[name] and _undated(release.folder / name) != _undated(folder / name):
            found.append({"where": name, "what": "is not what the inputs and the sign-off give"})
    if same_code and not found and sha256(release.database) != anew["gci.duckdb"]:
        found.append({"where": "gci.duckdb", "what": "holds other bytes than the inputs and the sign-off give"})
    return found + _said(release, folder, candidate, folders, same_code)


def on_record(release: Release, folders: DataFolders) -> Differences:
    """Where the release's own file, a later one or gci.duckdb has on record of it what release.json does not say."""
    later = [one.database for one in releases(folders) if one.sequence >= release.sequence]
    expected = {
        "releases": [release_row(release.document)],
        "gate_results": list(gate_rows(release.document)),
    }
    found = []
    for database in [*later, folders.current]:
        if not database.is_file():
            continue
        with reading(database) as connection:
            if evaluated(connection, "warehouse"):
                found.append({"where": str(database), "what": "holds what is computed when it is read"})
                continue
            for table, due in expected.items():
                there = rows(connection, f"from {table} where {own(release)} order by all")
                if _sorted(there) != _sorted(due):
                    what = f"table {table}: {_which(there, due)} not what release.json of {release.name} says"
                    found.append({"where": str(database), "what": what})
    return found


def own(release: Release) -> str:
    """The condition that a row of the provenance tables is about this release."""
    return f"(edition = {quoted(release.edition)} and vintage = {release.vintage})"


def _held(gate: str, candidate: Candidate, before: list[Release], folders: DataFolders) -> dict[str, Any]:
    """The report of one gate, held as it was when the release went out: against the releases before it."""
    from gci.gates.run import run_gate

    run_gate(gate, candidate, folders, before)
    report: dict[str, Any] = json.loads((candidate.folder / "gates" / f"{gate}.json").read_text(encoding="utf-8"))
    return report


@contextmanager
def _at(moment: str) -> Iterator[None]:
    """Have the clock of the warehouse stand at a moment."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.fromisoformat(moment).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _undated(file: Path) -> bytes:
    """What a file says: JSON however it is spelt, pages without their moments.

    A gate's report is taken without how old partners' data were that day.
    """
    read = file.read_bytes()
    if file.suffix == ".json":
        document = json.loads(read)
        if file.parent.name == "gates":
            document |= {"partners": []}
        return json.dumps(document, sort_keys=True).encode()
    if file.suffix != ".html":
        return read
    # This page is of every receipt that there was, and carries a fingerprint of them; others have come since.
    counts_all = file.parts[-2:] == ("landed", "receipts.html")
    return _MOMENT.sub(b"", _FINGERPRINT.sub(b"", read) if counts_all else read)


def _said(release: Release, folder: Path, candidate: Candidate, folders: DataFolders, same_code: bool) -> Differences:
    """What release.json says otherwise than the release made anew."""
    anew = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    there = dict(release.document)
    for document in (anew, there):
        document["files"] = sorted(document["files"]) if same_code else []
        document["gates"] = [gate | {"partners": []} for gate in document["gates"]]
    found = [name for name in sorted(anew.keys() | there.keys()) if anew.get(name) != there.get(name)]
    if same_code and there["candidate_digest"] != sha256(candidate.database):
        found.append("candidate_digest")
    if same_code and there["inputs_digest"] != _inputs_digest(release, folders):
        found.append("inputs_digest")
    if "tables" not in there:  # a release from before there were statements
        found = [name for name in found if name != "tables"]
    return [{"where": "release.json", "what": f"{name} is not what the inputs give"} for name in dict.fromkeys(found)]


def _inputs_digest(release: Release, folders: DataFolders) -> str:
    """The digest of what the release's manifest names of its own edition, with seeds as here and as was decided."""
    from gci.build.change_detection import Inputs, seed_digests, with_figures
    from gci.build.decided import decisions_of
    from gci.reference.decided import decided_seeds

    if release.edition == PARTNERS:
        files = [one for one in release.manifest["inputs"] if one["kind"] == "partners"]
        partners = tuple(sorted((one["digest"], one.get("dated")) for one in files))
        return Inputs(PARTNERS, (), (), (), partners=partners).digest
    survey, reviews = (
        tuple(
            sorted(
                entry["digest"]
                for entry in release.manifest["inputs"]
                if (entry["edition"], entry["kind"]) == (release.edition, kind)
            )
        )
        for kind in ("survey", "reviews")
    )
    decided = decisions_of(release.manifest, folders)
    seeds = tuple(seed_digests(release.edition, decided_seeds(decided)).items())
    own = with_figures(one for one in decided if one.edition == release.edition)
    return Inputs(release.edition, survey, reviews, seeds, own).digest


def _sorted(listed: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(_plain(row), sort_keys=True) for row in listed)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row in which moments are spelt one way, without what is empty: files of before may not have the column."""
    moments = {name: value.replace(" ", "T") for name, value in row.items() if name in _MOMENTS and value}
    return {name: value for name, value in (row | moments).items() if value is not None}


def _which(there: list[dict[str, Any]], due: list[dict[str, Any]]) -> str:
    """The columns that differ, where it is one row on both sides."""
    if len(there) != 1 or len(due) != 1:
        return f"{len(there)} rows, where {len(due)} are due, or others; they are"
    one, other = _plain(there[0]), _plain(due[0])
    return ", ".join(name for name in sorted(one) if one[name] != other.get(name)) + ":"
