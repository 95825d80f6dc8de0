"""What is published, for people and scripts: one entry per vintage."""

from __future__ import annotations

from typing import Any

from gci.audit.stage import FOLDER as AUDIT
from gci.audit.stage import REPORT
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.paths import DataFolders
from gci.storage.release_log import Release, latest, releases


def listing(folders: DataFolders) -> list[dict[str, Any]]:
    """Every release, first one first.

    Returns:
        Per release: edition, vintage, latest (of its edition), published_at, signed_by, note, via, checks, gates (name,
        whether it passed, and how many checks), known_errors (id and what is wrong), returns, reviews, synthetic,
        digests, folder, audit (the report of the audit; None for a release from before there was one), files, bytes.

    Raises:
        Blocked: a release folder is damaged.
    """
    return [_entry(release, folders) for release in releases(folders)]


def _entry(release: Release, folders: DataFolders) -> dict[str, Any]:
    papers = release.document
    newest = latest(release.edition, folders)
    return {
        "edition": release.edition,
        "vintage": release.vintage,
        "latest": newest is not None and newest.vintage == release.vintage,
        "published_at": papers["published_at"],
        "signed_by": papers["sign_off"]["name"],
        "note": papers["sign_off"]["note"],
        "via": papers["sign_off"]["via"],
        "checks": sum(len(gate["checks"]) for gate in papers["gates"]),
        "gates": [
            {"gate": gate["gate"], "passed": gate["passed"], "checks": len(gate["checks"])} for gate in papers["gates"]
        ],
        "known_errors": _known_errors(release),
        "returns": papers["returns"],
        "reviews": papers["reviews"],
        "synthetic": papers.get("synthetic", False),
        "inputs_digest": papers["inputs_digest"],
        "content_digest": papers["content_digest"],
        "code_version": papers["code_version"],
        "folder": str(release.folder),
        "audit": str(report) if (report := release.folder / AUDIT / REPORT).is_file() else None,
        "files": len(papers["files"]) + 2,  # release.json and SHA256SUMS themselves
        "bytes": sum(file["size"] for file in papers["files"].values()),
    }


def _known_errors(release: Release) -> list[dict[str, Any]]:
    if not release.document["known_errors"]:
        return []
    with reading(release.database) as connection:
        return rows(
            connection,
            "select id, iso3, dimension, what_is_wrong from corrections"
            f" where edition = {quoted(release.edition)} and bites order by id",
        )
