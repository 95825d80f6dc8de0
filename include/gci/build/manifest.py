"""What a candidate is built from, as files in its folder: nothing else goes in.

| file | what it says |
|---|---|
| manifest.json | which landed files, of which edition; vintage and draws of the audit of each edition; seeds and code |
| releases.json | the rows of the table `releases` for what is published already |
| gate_results.json | the rows of the table `gate_results` for it |
| reference.json | by seed the rows that are of its edition alone, for the candidates after it |
| seeds/ | seeds that decisions change, and those that keep rows of editions that do not move (gci.build.kept) |
| figures_before.json | the scores of the vintage before, by state and dimension |
| revisions.json | the rows of the table `revisions` for the vintages that are published |
| group_members.json | who is in which group in each edition that does not move, as its latest release has it |

The partner release is a line beside the editions (gci.core.lines): in its candidate no edition moves, and in that of an
edition the partner files are those of the latest partner release.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from gci.build.change_detection import Inputs, inputs, reference_digest
from gci.build.decided import changed_seeds, decisions_for
from gci.build.kept import FOLDER, REFERENCE, kept_seeds, of_edition
from gci.build.touched import revised
from gci.core import canonical_json
from gci.core.database.query import query
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.replications import REPLICATIONS, replications
from gci.core.versions import code_version
from gci.reference.decided import decided_seeds
from gci.reference.seeds import editions
from gci.storage.chain import Head, landed, landed_digests
from gci.storage.release_log import Release, latest, releases

MANIFEST = "manifest.json"
CARRIED = "carried_over"
"""In the manifest of a partner release: the release of which it has all tables but its own."""


def documents(now: Inputs, vintage: int, folders: DataFolders, head: Head | None = None) -> dict[str, str]:
    """The files of a candidate, by name.

    Args:
        now: what goes into the edition that is to be published.
        vintage: the vintage that it would become.
        head: the end of the chain of landing, up to which everything that goes in is sealed.
        folders: where the earlier releases lie.

    Returns:
        Text by file name; the same inputs, releases, seeds and code give the same text.
    """
    before, released = releases(folders), latest(now.edition, folders)
    others = [found for name in editions() if name != now.edition and (found := latest(name, folders))]
    partners = latest(PARTNERS, folders)
    decided = decisions_for(now.edition, folders)
    seeds = decided_seeds(decided)
    synthetic = _is_synthetic(now, folders)
    manifest: dict[str, Any] = {
        "edition": now.edition,
        "vintage": vintage,
        "inputs_digest": now.digest,
        "reference_digest": reference_digest(),
        "reference": dict(now.seeds),
        "revised_reference": revised(released.manifest.get("reference", {}) if released else {}, dict(now.seeds)),
        "code_version": code_version(),
        "synthetic": synthetic,
        "editions": _editions(now, vintage, others, synthetic=synthetic),
        "inputs": _inputs(now, vintage, others, partners, folders),
        "landing": head.as_dict() if head else None,
    }
    if now.edition == PARTNERS:
        manifest |= {PARTNERS: vintage} | _carried(before[-1])
    elif partners:
        manifest[PARTNERS] = partners.vintage
    return {
        MANIFEST: _text(manifest),
        "releases.json": _text([row for one in before for row in _rows("releases", one)]),
        "gate_results.json": _text([row for one in before for row in _rows("gate_results", one)]),
        "group_members.json": _text([row for one in others for row in _group_members(one)]),
        "figures_before.json": _text(figures(released) if released else []),
        "revisions.json": _text([row for one in (*others, released) if one for row in revisions(one)]),
        REFERENCE: _text(of_edition(now.edition, seeds)),
        **{f"{FOLDER}/{name}": text for name, text in changed_seeds(decided).items()},
        **kept_seeds(others, seeds),
    }


def is_synthetic(folder: Path) -> bool:
    """Whether a candidate or a release was built from invented returns, as the manifest in its folder says."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return bool(manifest.get("synthetic", False))


def synthetic_editions(folder: Path) -> list[str]:
    """The editions whose returns are invented, as the manifest in a folder says; none where there is no manifest."""
    file = folder / MANIFEST
    manifest = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return [one["edition"] for one in manifest.get("editions", ()) if one.get("synthetic")]


def _is_synthetic(now: Inputs, folders: DataFolders) -> bool:
    """Whether any return of the edition is invented. That all are, or none, is for the gate `landed` to hold."""
    return any(one.synthetic for one in landed(folders) if one.digest in now.survey)


def _editions(now: Inputs, vintage: int, others: list[Release], *, synthetic: bool) -> list[dict[str, Any]]:
    """What is in the file: an edition that does not move keeps the draws that it was published with."""
    moving = now.edition != PARTNERS
    named = [_entry(now.edition, vintage, replications(), synthetic=synthetic)] if moving else []
    named += [
        _entry(one.edition, one.vintage, _replications(one), synthetic=bool(one.document.get("synthetic", False)))
        for one in others
    ]
    return sorted(named, key=lambda entry: str(entry["edition"]))


def _entry(edition: str, vintage: int, draws: int, *, synthetic: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"edition": edition, "vintage": vintage, "replications": draws}
    return entry | ({"synthetic": True} if synthetic else {})


def _replications(release: Release) -> int:
    """The draws that an edition's latest release was audited with; the usual number where it does not say."""
    listed = release.manifest.get("editions", [])
    return next(
        (entry.get("replications", REPLICATIONS) for entry in listed if entry["edition"] == release.edition),
        REPLICATIONS,
    )


def _carried(before: Release) -> dict[str, dict[str, str]]:
    """The release whose tables a partner release carries over, and the SHA-256 of its file.

    Other code may make other tables of the same inputs: then nothing is carried over, and all of it is built and held.
    """
    if before.document["code_version"] != code_version():
        return {}
    return {CARRIED: {"release": before.name, "sha256": before.document["files"]["gci.duckdb"]["sha256"]}}


def carried_over(folder: Path) -> dict[str, str] | None:
    """The release whose tables a candidate carries over.

    Args:
        folder: the candidate's, with its manifest.

    Returns:
        release (2024@v1) and sha256 (of its gci.duckdb); None where all of it is built.

    Raises:
        OSError, ValueError: there is no manifest that can be read.
    """
    said: dict[str, str] | None = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get(CARRIED)
    return said


def _inputs(
    now: Inputs, vintage: int, others: list[Release], partners: Release | None, folders: DataFolders
) -> list[dict[str, Any]]:
    """All that has landed for the edition; for each other one exactly what its latest release was built from.

    The same holds of the partner release: in the candidate of an edition partner data does not move. Before there is
    one, an edition takes along what has landed.

    Each says which vintage of its edition was the first that it went into.
    """
    named: list[dict[str, Any]] = [
        *({"edition": now.edition, "kind": "survey", "digest": digest} for digest in now.survey),
        *({"edition": now.edition, "kind": "reviews", "digest": digest} for digest in now.reviews),
        *(
            {"edition": now.edition, "kind": "decisions", "digest": digest}
            for digest in landed_digests("decisions", folders, now.edition)
        ),
        *_partner_files(now, partners, folders),
    ]
    for release in others:
        named += [dict(entry) for entry in release.manifest["inputs"] if entry["edition"] == release.edition]
    first = _first_vintages(folders)
    for entry in named:
        if entry["edition"] is not None:
            entry["vintage"] = first.get((entry["edition"], entry["digest"]), vintage)
    return sorted(named, key=lambda entry: (entry["edition"] or "", entry["kind"], entry["digest"]))


def _first_vintages(folders: DataFolders) -> dict[tuple[str, str], int]:
    """By edition and digest the first vintage that was built from a file."""
    first: dict[tuple[str, str], int] = {}
    for release in sorted(releases(folders), key=lambda one: one.vintage):
        for entry in (release.document.get("manifest") or {}).get("inputs", ()):
            if entry["edition"] == release.edition:
                first.setdefault((release.edition, entry["digest"]), release.vintage)
    return first


def _partner_files(now: Inputs, partners: Release | None, folders: DataFolders) -> list[dict[str, Any]]:
    """The partners' files, each with the day that its data is of where only the description of the source says it."""
    if partners and now.edition != PARTNERS:
        return [dict(entry) for entry in partners.manifest["inputs"] if entry["kind"] == "partners"]
    return [
        {"edition": None, "kind": "partners", "digest": digest} | ({"dated": day} if day else {})
        for digest, day in inputs(PARTNERS, folders).partners
    ]


def figures(release: Release) -> list[dict[str, Any]]:
    """The scores of a release's edition: what the next vintage is held against.

    Returns:
        Per state and dimension (overall or a pillar): edition, iso3, dimension, score (points as published: 0 to 100,
        of a pillar 0 to 20; None without one); by iso3, then dimension.
    """
    scores = [row | {"dimension": "overall"} for row in _of_edition("overall_scores", release)]
    scores += [row | {"dimension": row["pillar"]} for row in _of_edition("pillar_scores", release)]
    named = ("edition", "iso3", "dimension", "score")
    return sorted(
        ({name: row[name] for name in named} for row in scores), key=lambda row: (row["iso3"], row["dimension"])
    )


def revisions(release: Release) -> list[dict[str, Any]]:
    """The revisions of a release's edition up to its vintage.

    Returns:
        The rows of the table `revisions` in the release's file, by column; none for a release older than the table.
    """
    return _of_edition("revisions", release)


def _group_members(release: Release) -> list[dict[str, Any]]:
    """Who was in which group in the release's edition."""
    return _of_edition("group_members", release)


def _of_edition(table: str, release: Release) -> list[dict[str, Any]]:
    """The rows of a release's edition in a table; none for a release from before there was the table."""
    purpose = f"table {table} of {release.name}"
    listed = "select table_name from duckdb_tables() where database_name = 'warehouse' and table_name = ?"
    if not query(listed, purpose, [table], release.database):
        return []
    return query(f"from {table} where edition = ? order by all", purpose, [release.edition], release.database)


def _rows(table: str, release: Release) -> list[dict[str, Any]]:
    """The rows of a provenance table that the release brought."""
    return query(
        f"from {table} where edition = ? and vintage = ? order by all",
        f"what {release.name} says of itself",
        [release.edition, release.vintage],
        release.database,
    )


def _text(value: Any) -> str:
    return canonical_json.text(value, _plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | Path):
        return str(value)
    raise TypeError(f"{value!r} is no plain value")
