"""What is published: the releases under published/<edition>/v<k>/, in the order in which they went out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gci.core.atomic_file import write_ahead_log
from gci.core.database.warehouse_file import evaluated, reading
from gci.core.errors import Blocked, WrongUsage
from gci.core.lines import vintages
from gci.core.paths import DataFolders
from gci.storage.released import known

_VINTAGE = re.compile(r"v([1-9][0-9]*)")
_NAMED = re.compile(r"([^@/]+)(?:@[vV]?([1-9][0-9]*))?")


@dataclass(frozen=True)
class Release:
    """One published vintage of an edition.

    Attributes:
        edition: the edition.
        vintage: its vintage, from 1.
        folder: published/<edition>/v<vintage>.
        document: release.json: digests, sign-off, gates, files.
    """

    edition: str
    vintage: int
    folder: Path
    document: dict[str, Any]

    @property
    def name(self) -> str:
        """The release as people write it, e.g. `2024@v1`."""
        return f"{self.edition}@v{self.vintage}"

    @property
    def sequence(self) -> int:
        """Its place among all releases of all editions, from 1."""
        return int(self.document["sequence"])

    @property
    def database(self) -> Path:
        """The whole DuckDB file as it was published."""
        return self.folder / "gci.duckdb"

    @property
    def manifest(self) -> dict[str, Any]:
        """The inputs that it was built from, by digest."""
        manifest: dict[str, Any] = self.document["manifest"]
        return manifest


def releases(folders: DataFolders) -> list[Release]:
    """Every release, first one first. Raises Blocked when a release folder has no readable release.json."""
    found = []
    for folder in sorted(folders.published.glob("*/v*")):
        vintage = _VINTAGE.fullmatch(folder.name)
        if vintage and not folder.parent.name.startswith("."):
            found.append(Release(folder.parent.name, int(vintage[1]), folder, _document(folder)))
    return sorted(found, key=lambda release: release.sequence)


def whole(folders: DataFolders) -> list[Release]:
    """Every release, first one first, where none is missing, none is out of its place, and no file names another.

    Each release is the next vintage of its edition, and names in its manifest the vintages that there were by then: so
    a folder that was taken away, and a sequence that was edited, show. That the last one is gone shows in gci.duckdb,
    and in what landing knows, where that file is gone too.

    Raises:
        Blocked: something is missing or out of place, and what; whatever is made from such a history would take
            editions away from those who read them.
    """
    there = releases(folders)
    standing: dict[str, int] = {}
    for place, release in enumerate(there, 1):
        due = standing.get(release.edition, 0) + 1
        standing[release.edition] = release.vintage
        said = vintages(release.document.get("manifest", {}))
        if release.document.get("sequence") != place or release.vintage != due or said != standing:
            listed = ", ".join(one.name for one in there)
            raise Blocked(
                f"{release.folder} does not follow on what is there of the releases before it: its release.json says "
                f"that it is number {release.document.get('sequence')}, with {_listed(said)}; there are {listed}. "
                f"A release folder was taken away or its release.json edited. Bring {folders.published} back from a "
                "backup. Nothing was published, and gci.duckdb is as it was."
            )
        if write_ahead_log(release.database).exists():
            raise Blocked(
                f"{write_ahead_log(release.database)} lies beside a published file: somebody opened that to write, and "
                "whoever reads it reads that too. Move the log away, then call again. Nothing was published."
            )
    gone = sorted(_published(folders.current) - {(release.edition, release.vintage) for release in there})
    if gone:
        raise Blocked(
            f"{folders.current} holds {_listed(dict(gone))}, and {folders.release(*gone[0])} is not there: without it "
            "the edition would be taken away from those who read the file. Bring the folder back from a backup, then "
            "call again. Nothing was published, and gci.duckdb is as it was."
        )
    unknown = [one for one in known(folders) if standing.get(one.edition, 0) < one.vintage]
    if unknown:
        raise Blocked(
            f"{folders.release(unknown[0].edition, unknown[0].vintage)} is not there, but "
            f"{folders.released / f'{unknown[0].sequence:06}.json'} says that {unknown[0].name} was published: without "
            "it the edition would be taken away from those who read the file. Bring the folder back from a backup, "
            f"then call again; if there is none anywhere, move {folders.released} away and publish anew "
            "(docs/operations.md, “Restore from nothing”). Nothing was published."
        )
    return there


def _listed(vintages: Mapping[str, int]) -> str:
    return ", ".join(f"{edition}@v{vintage}" for edition, vintage in sorted(vintages.items())) or "no edition"


def _published(current: Path) -> set[tuple[str, int]]:
    """The releases that the file of analysts names; none where it is not there or beyond reading."""
    import duckdb

    if not current.is_file() or write_ahead_log(current).exists():
        return set()
    try:
        with reading(current) as connection:
            if evaluated(connection, "warehouse"):
                return set()
            return set(connection.execute("select edition, vintage from releases").fetchall())
    except duckdb.Error:
        return set()


def latest(edition: str, folders: DataFolders) -> Release | None:
    """The release of the edition with the highest vintage; None before the first."""
    of_edition = [release for release in releases(folders) if release.edition == edition]
    return max(of_edition, key=lambda release: release.vintage, default=None)


def release_of(candidate_digest: str, folders: DataFolders) -> Release | None:
    """The release that a candidate's file has become, by the SHA-256 of that file; None when it has not gone out."""
    return next((one for one in releases(folders) if one.document["candidate_digest"] == candidate_digest), None)


def find(name: str, folders: DataFolders) -> Release:
    """The release that a person names: `2024` (the latest vintage), `2024@1` or `2024@v1`.

    Raises WrongUsage, naming what is published, when there is none.
    """
    parts = _NAMED.fullmatch(name)
    if not parts:
        raise WrongUsage(f"{name!r} names no release. Write the edition, or edition@vintage as in 2024@v1.")
    edition, vintage = parts[1], int(parts[2]) if parts[2] else None
    there = releases(folders)
    named = [release for release in there if release.edition == edition and vintage in (None, release.vintage)]
    if not named:
        raise WrongUsage(f"{name} is not published in {folders.published}. {_out_there(edition, there)}")
    return max(named, key=lambda release: release.vintage)


def _out_there(edition: str, there: list[Release]) -> str:
    """What is published, for who asked for what is not: the vintages of the edition, or else the editions."""
    if not there:
        return (
            "Nothing is published there. Is GCI_DATA the right folder? `gci run --edition E --sign-off NAME` publishes."
        )
    vintages = [release.name for release in there if release.edition == edition]
    return f"Published: {', '.join(vintages or dict.fromkeys(release.edition for release in there))}."


def _document(folder: Path) -> dict[str, Any]:
    """release.json of a release folder."""
    file = folder / "release.json"
    try:
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        try:
            _must_be_papers(document, folder)
        except (KeyError, TypeError, AttributeError, OverflowError) as error:
            raise ValueError(f"it is JSON, but not the papers of a release: {error!r}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise Blocked(
            f"{file} cannot be read ({error}). A release never changes: bring the folder back from a backup. "
            "Nothing was published."
        ) from error
    return document


def _must_be_papers(document: dict[str, Any], folder: Path) -> None:
    """Raise an error where what was read is no release.json, or that of another release.

    What an earlier version of the program did not write may be missing.
    """
    if type(document["sequence"]) is not int:
        raise ValueError(f"it says that its sequence is {document['sequence']!r}")
    named = f"{document.get('edition', folder.parent.name)}@v{document.get('vintage', folder.name[1:])}"
    if named != f"{folder.parent.name}@{folder.name}":
        raise ValueError(f"it is that of {named}")
    vintages(document.get("manifest", {}))
    if not all(isinstance(file["sha256"], str) for file in document.get("files", {}).values()):
        raise ValueError("it names a file without its SHA-256")
