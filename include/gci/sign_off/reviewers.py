"""The candidate that an answer is about, and who cannot sign it: read from the folders each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

from gci.core.checksums import sha256
from gci.core.database.query import query
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders
from gci.core.records import Candidate

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def candidate_named(name: str, folders: DataFolders) -> Candidate:
    """The candidate in a folder, as its own manifest tells.

    Args:
        name: of the folder.
        folders: the data folder.

    Raises:
        Blocked: it is no name of a folder of candidates, or there is no candidate in it.
    """
    from gci.build.candidate import load

    try:
        return load(folders.candidates / folder_name(name))
    except WrongUsage as error:
        raise Blocked(f"{error} Nothing was published.") from error


def folder_name(given: object) -> str:
    """The name of a folder of candidates, and of nothing beside them.

    Args:
        given: what is said to be one.

    Raises:
        Blocked: it is none.
    """
    name = str(given)
    if not _NAME.fullmatch(name):
        raise Blocked(f"{name!r} is no folder of candidates. Nothing was published.")
    return name


def candidate_of(digest: str, folders: DataFolders) -> Candidate:
    """The candidate whose file has a digest.

    Args:
        digest: SHA-256 of its DuckDB file.
        folders: the data folder.

    Raises:
        Blocked: there is none: it was built anew, or removed.
    """
    for file in sorted(folders.candidates.glob("*/candidate.duckdb"), key=_newest_first):
        if not file.parent.name.startswith(".") and sha256(file) == digest:
            return candidate_named(file.parent.name, folders)
    raise Blocked(
        f"No candidate is the file that this is about (SHA-256 {digest}): it was built anew or removed since. Trigger "
        "publish_edition with the edition to ask about the one that is there."
    )


def reviewers(candidate: Candidate, folders: DataFolders) -> list[str]:
    """Who wrote the reviews that the candidate's edition rests on, as the review files have it, in order.

    Args:
        candidate: what would be published.
        folders: where the reviews have landed.

    Raises:
        Blocked: one of these reviews is not there, or cannot be read: then nobody knows who may sign.
    """
    inputs = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    files = [
        folders.landing / "reviews" / f"{entry['digest']}.parquet"
        for entry in inputs
        if entry["kind"] == "reviews" and entry["edition"] == candidate.edition
    ]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise Blocked(
            f"{candidate.edition} rests on reviews that are not there any more ({missing[0]}), so nobody knows who "
            f"wrote them. "
            "Bring them back from the backup."
        )
    if not files:
        return []
    found = query(
        "select distinct reviewer from read_parquet(?) where reviewer is not null order by reviewer",
        "who reviewed",
        [[str(file) for file in files]],
    )
    return [row["reviewer"] for row in found]


def _newest_first(file: Path) -> tuple[int, str]:
    return -file.stat().st_mtime_ns, file.parent.name
