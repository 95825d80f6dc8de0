"""What can be looked at: the candidates and releases of the data folder, and the documents that lie with each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gci.audit.stage import FOLDER as AUDIT
from gci.audit.stage import REPORT as AUDIT_REPORT
from gci.build.manifest import is_synthetic
from gci.build.report import FAILED, KEPT, REPORT
from gci.core.gates import BEFORE_SIGN_OFF, GATES
from gci.core.modified import modified_at, modified_ns
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.reference.labels import LANGUAGES
from gci.site.paper import PAPER, read_paper
from gci.site.stage import FOLDER as PAGES
from gci.storage.release_log import releases as published

DATA_DOCS, DBT_DOCS = "data_docs", "dbt_docs"
INDEX = "index.html"


@dataclass(frozen=True)
class Volume:
    """One candidate or release.

    Attributes:
        path: its place under the pages: `candidates/<name>` or `releases/<edition>/v<k>`.
        title: the edition and vintage, for people.
        state: published, superseded, waiting, rejected, stopped by a gate, out of date.
        folder: where it lies.
        built: the folder of its candidate, with what dbt left; None when that is gone.
        said: more about its state: who signed, why it was rejected.
        gates: gates that were held, and whether each passed.
        at: when it was built, or published, ISO 8601 UTC; '' where it is not built.
        digest: SHA-256 of its DuckDB file, which tells two of one vintage apart; '' where no gate has read it.
        synthetic: whether it is built from invented returns.
    """

    path: str
    title: str
    state: str
    folder: Path
    built: Path | None
    said: str = ""
    gates: dict[str, bool] = field(default_factory=dict)
    at: str = ""
    digest: str = ""
    synthetic: bool = False

    @property
    def has_data_docs(self) -> bool:
        """Whether there are pages of its gates."""
        return (self.folder / DATA_DOCS / INDEX).is_file()

    @property
    def audit(self) -> str | None:
        """Where the report of its audit lies below it; None where there is none."""
        return f"{AUDIT}/{AUDIT_REPORT}" if (self.folder / AUDIT / AUDIT_REPORT).is_file() else None

    @property
    def front(self) -> str | None:
        """Where the front page of what people read lies below it; None where there are no pages."""
        paper = read_paper(self._pages)
        return f"{PAGES}/{paper.languages[0]}/{INDEX}" if paper and paper.languages else None

    @property
    def _pages(self) -> Path:
        """A release has them beside its other files."""
        return self.folder if (self.folder / PAPER).is_file() else self.folder / PAGES

    @property
    def has_dbt_docs(self) -> bool:
        """Whether dbt's documentation of the build is there."""
        return self.built is not None and (self.built / KEPT / "docs" / INDEX).is_file()

    @property
    def has_report(self) -> bool:
        """Whether it is known what dbt did."""
        return self.built is not None and any((self.built / left / REPORT).is_file() for left in (KEPT, FAILED))

    def document(self, kind: str, name: str) -> Path | None:
        """A file of its documents.

        Args:
            kind: data_docs, audit, pages or dbt_docs.
            name: path below it, with slashes; empty for the index.

        Returns:
            The file; None when there is none, or the path leads out of the folder.
        """
        built = self.built and self.built / KEPT / "docs"
        places = {DATA_DOCS: self.folder / DATA_DOCS, AUDIT: self.folder / AUDIT, PAGES: self._pages, DBT_DOCS: built}
        root = places.get(kind)
        if (
            root is None
            or not root.is_dir()
            or (kind == PAGES and name.partition("/")[0] not in (*LANGUAGES, "assets"))
        ):
            return None
        root = root.resolve()
        try:
            file = (root / (name or INDEX)).resolve()
            return file if file.is_relative_to(root) and file.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None


def candidates(folders: DataFolders) -> list[Volume]:
    """All candidates, newest first."""
    from gci.build.candidate import readable
    from gci.sign_off.pending import pending

    next_ones = {one.folder for one in pending(folders)}
    out = {str(one.document["candidate_digest"]): one.name for one in published(folders)}
    shown = readable(folders)
    shown.sort(key=lambda one: (modified_ns(one.folder) or 0, one.folder.name), reverse=True)
    return [_candidate(one, one.folder in next_ones, out) for one in shown]


def releases(folders: DataFolders) -> list[Volume]:
    """All releases, newest first."""
    known = published(folders)
    newest = {one.edition: one.vintage for one in sorted(known, key=lambda one: one.vintage)}
    found = []
    for release in reversed(known):
        digest = str(release.document["inputs_digest"])
        built = folders.candidates / f"{release.edition}-v{release.vintage}-{digest[:12]}"
        signed = release.document["sign_off"]
        found.append(
            Volume(
                path=f"releases/{release.edition}/v{release.vintage}",
                title=f"{release.edition}, vintage {release.vintage}",
                state=(
                    "published"
                    if newest[release.edition] == release.vintage
                    else f"superseded by vintage {newest[release.edition]}"
                ),
                folder=release.folder,
                built=built if built.is_dir() else None,
                said=f"signed by {signed['name']} at {signed['signed_at'][:16].replace('T', ' ')}"
                + (f": {signed['note']}" if signed["note"] else ""),
                gates=_gates(release.folder),
                at=str(release.document["published_at"]),
                digest=str(release.document["candidate_digest"]),
                synthetic=bool(release.document.get("synthetic", False)),
            )
        )
    return found


def _candidate(candidate: Candidate, is_next: bool, out: Mapping[str, str]) -> Volume:
    from gci.sign_off.record import rejection

    gates, digest = _gates(candidate.folder), _digest(candidate.folder)
    rejected = rejection(candidate)
    return Volume(
        path=f"candidates/{candidate.folder.name}",
        title=f"{candidate.edition}, vintage {candidate.vintage}",
        state=f"published as {out[digest]}" if digest in out else _state(candidate, gates, is_next, bool(rejected)),
        folder=candidate.folder,
        built=candidate.folder,
        said=rejected or "",
        gates=gates,
        at=modified_at(candidate.database),
        digest=digest,
        synthetic=is_synthetic(candidate.folder),
    )


def _digest(folder: Path) -> str:
    """SHA-256 of its file, as the newest gate that has read it says."""
    for gate in reversed(GATES[1:]):
        file = folder / "gates" / f"{gate}.json"
        if file.is_file() and (digest := json.loads(file.read_text(encoding="utf-8")).get("candidate_digest")):
            return str(digest)
    return ""


def _state(candidate: Candidate, gates: dict[str, bool], is_next: bool, rejected: bool) -> str:
    if rejected:
        return "rejected"
    if not all(gates.values()):
        return "stopped by a gate"
    if not candidate.database.is_file():
        return "not built"
    if len(gates) < len(BEFORE_SIGN_OFF):
        return "gates not held yet"
    return "waiting" if is_next else "out of date: something else was published since"


def _gates(folder: Path) -> dict[str, bool]:
    """Which gates were held and whether each passed, in their order."""
    found = {}
    for gate in GATES:
        file = folder / "gates" / f"{gate}.json"
        if file.is_file():
            checks = json.loads(file.read_text(encoding="utf-8")).get("checks") or []
            found[gate] = bool(checks) and all(check.get("passed") is True for check in checks)
    return found
