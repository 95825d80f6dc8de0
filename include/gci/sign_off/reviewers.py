"""The candidate that an answer is about, and who cannot sign it: read from the folders each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

from gci.core.checksums import sha256
from gci.core.errors import Blocked, WrongUsage
from gci.core.modified import modified_ns
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.storage.chain import Entry, landed
from gci.storage.damage import Damaged
from gci.storage.landed_rows import read_rows, rows_digest
from gci.storage.landing import rows_file

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
    """Who wrote the reviews of the candidate's edition, as the review files have it, in order.

    Those that it was built from, and those that have landed since.

    Args:
        candidate: what would be published.
        folders: where the reviews have landed.

    Raises:
        Blocked: one of these reviews is not there, cannot be read, or is not what landed: then nobody knows who may
            sign.
    """
    inputs = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    digests = {one["digest"] for one in inputs if one["kind"] == "reviews" and one["edition"] == candidate.edition}
    there = {one.digest: one for one in landed(folders) if one.kind == "reviews"}
    # A manifest may say less than there is.
    digests |= {one.digest for one in there.values() if one.edition == candidate.edition and not one.parts}
    names = {name for digest in sorted(digests) for name in _who_wrote(digest, there.get(digest), candidate, folders)}
    return sorted(names)


def _who_wrote(digest: str, entry: Entry | None, candidate: Candidate, folders: DataFolders) -> list[str]:
    """The reviewers in one review, if its rows are those that landed: names in it decide who cannot sign."""
    file = rows_file("reviews", digest, folders)
    try:
        rows = read_rows(file)
    except (Damaged, FileNotFoundError) as error:
        wrong = "is not there any more" if isinstance(error, FileNotFoundError) else str(error)
        raise _nobody_knows(candidate, file, wrong) from error
    if entry is None:
        raise _nobody_knows(candidate, file, "has no receipt, and stands in no seal")
    # Rows that no digest is known of are from before there was a chain; the gate reads them again from their bytes.
    if entry.rows_digest is not None and rows_digest(rows) != entry.rows_digest:
        raise _nobody_knows(candidate, file, "was changed after it landed")
    return [name for name in rows.column("reviewer").unique().to_pylist() if name is not None]


def _nobody_knows(candidate: Candidate, file: Path, wrong: str) -> Blocked:
    return Blocked(
        f"{candidate.edition} rests on a review of which nobody knows who wrote it, so nobody can sign: {file}: "
        f"{wrong}. Bring it back from the backup, or make its rows again (`gci mend`). Nothing was published."
    )


def _newest_first(file: Path) -> tuple[int, str]:
    return -(modified_ns(file) or 0), file.parent.name
