"""`published/latest.json`, with feeds, errata and latest/ beside it: what is out, the newest of it, what comes next."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from gci.core.atomic_file import READ_ONLY, write_over
from gci.core.paths import DataFolders
from gci.reference.release_hour import release_hours
from gci.reference.seeds import editions
from gci.storage.errata import NAME as ERRATA
from gci.storage.errata import errata_page
from gci.storage.feeds import ALL, write_feeds
from gci.storage.hours import hour_of
from gci.storage.release_log import Release, releases
from gci.storage.ways_in import WAYS, write_ways

log = logging.getLogger(__name__)

LATEST = "latest.json"


def latest_document(there: Sequence[Release], folders: DataFolders) -> dict[str, Any]:
    """What latest.json says.

    Returns:
        sequence: the number of releases; published_at: of the newest; file: name and SHA-256 of gci.duckdb; editions:
        per edition its latest vintage (edition, vintage, sequence, published_at, planned_for, folder below published/,
        content_digest, gci_duckdb, release_json: SHA-256, synthetic); next: per edition whose next release has a day or
        an hour (edition, day, planned_for, planned), soonest first.
    """
    newest = {one.edition: one for one in there}
    return {
        "sequence": len(there),
        "published_at": there[-1].document["published_at"],
        "file": {"name": folders.current.name, "sha256": there[-1].document["files"]["gci.duckdb"]["sha256"]},
        "editions": [_entry(one) for _, one in sorted(newest.items())],
        "next": _next(newest, folders),
    }


def _entry(release: Release) -> dict[str, Any]:
    papers = release.document
    return {
        "edition": release.edition,
        "vintage": release.vintage,
        "sequence": release.sequence,
        "published_at": papers["published_at"],
        "planned_for": papers.get("planned_for"),
        "folder": f"{release.edition}/v{release.vintage}",
        "content_digest": papers["content_digest"],
        "gci_duckdb": papers["files"]["gci.duckdb"]["sha256"],
        "synthetic": bool(papers.get("synthetic", False)),
    }


def _next(newest: dict[str, Release], folders: DataFolders) -> list[dict[str, Any]]:
    """What is planned: hours that no release has had, and the days of open editions that are not out."""
    found: dict[str, dict[str, Any]] = {}
    for one in editions().values():
        if one.status == "open" and one.published_on and one.edition not in newest:
            found[one.edition] = {"edition": one.edition, "day": one.published_on.isoformat(), "planned_for": None}
    for edition in release_hours(folders):
        hour = hour_of(edition, folders)
        if hour:
            said = {"edition": edition, "day": hour.said[:10], "planned_for": hour.moment.isoformat()}
            found[edition] = said | {"planned": hour.said}
    return sorted(found.values(), key=lambda one: (one["day"], one["edition"]))


def tell_readers(folders: DataFolders) -> None:
    """Bring latest.json, the feeds, errata.html and latest/ up to what is published and planned, unless they are so.

    They follow from the releases: where one cannot be written now, the next call does it. Nothing else waits for it.
    """
    there = releases(folders)
    if not there:
        return
    path = folders.published / LATEST
    try:
        text = json.dumps(latest_document(there, folders), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        files = (path, folders.published / ALL, folders.published / ERRATA)
        beside = all(one.is_file() for one in files) and (folders.published / WAYS).is_dir()
        if beside and path.read_text(encoding="utf-8") == text:
            return
        write_feeds(there, folders)
        write_ways(there, folders)
        write_over(folders.published / ERRATA, errata_page(there).encode(), READ_ONLY)
        write_over(path, text.encode(), READ_ONLY)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:  # whatever a release of before lacks
        log.warning("%s could not be brought up to date: %s. The next run does it.", path, error)
