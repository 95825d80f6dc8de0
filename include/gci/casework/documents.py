"""What survey.duckdb is made from, beside the landed rows: receipts, refusals and letters, as files that dbt reads.

| file | what it says |
|---|---|
| manifest.json | all that has landed, of every edition |
| receipts.json | what collection said of each file, accepted or refused |
| letters.json | the letters of queries that went out |
| drafts.json, draft_comments.json | the drafts of scores, and what states said of them |
| refresh.json | the day for which the file holds, and the digest of all of this |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gci.build.change_detection import digest_of, reference_digest
from gci.casework.ledger import letters
from gci.collect.quarantine import edition_of, refused_places
from gci.core import canonical_json, clock
from gci.core.paths import DataFolders
from gci.core.versions import code_version
from gci.reference.decided import decided_seeds, landed_decisions
from gci.storage.chain import landed
from gci.storage.drafts import Answer, Comment, comments, drafts
from gci.storage.landing import receipts, report_file

_SAID = ("digest", "kind", "file", "verdict", "edition", "iso3", "collector", "received_at", "modified_at", "problems")
_SAID_SINCE = ("language", "form_version", "synthetic")  # not on the receipts of earlier versions of the program


@dataclass(frozen=True)
class Documents:
    """The files that dbt reads, and what they come from.

    Attributes:
        inputs_digest: SHA-256 over everything that goes in: two files with the same digest say the same.
        texts: text by file name, without the manifest, which takes longer to make.
    """

    inputs_digest: str
    texts: dict[str, str]


def documents(folders: DataFolders, project: Path) -> Documents:
    """Gather what has landed, was refused and was sent, without reading the landed rows.

    Args:
        folders: where it lies.
        project: the dbt project; its seeds and models are inputs too.

    Returns:
        The same files, seeds, models and day give the same digest and texts.
    """
    said = [_said(one, None, _below(report_file(one.digest, folders), folders)) for one in receipts(folders)]
    said += [
        _said(one, folder.parent.name, _below(folder / "report.html", folders))
        | {"edition": edition_of(one, folder.parent.name)}
        for folder, one in refused_places(folders)
    ]
    sent = letters(folders)
    made = [_of_draft(one, ("note", "edition", "iso3", "said", "until", "answered_by")) for one in drafts(folders)]
    spoken = [_of_draft(one, ("note", "edition", "iso3", "text", "answer_note")) for one in comments(folders)]
    as_of = clock.now().date().isoformat()
    digest = digest_of(
        {
            "landed": [one.digest for one in landed(folders)],
            "receipts": said,
            "letters": sent,
            "drafts": [made, spoken],
            "as_of": as_of,
            "seeds": reference_digest(seeds=decided_seeds(landed_decisions(folders), project / "seeds")),
            "models": [[path.name, path.read_text("utf-8")] for path in sorted(project.rglob("*.sql"))],
            "code": code_version(),
        }
    )
    return Documents(
        digest,
        {
            "receipts.json": canonical_json.text(said),
            "letters.json": canonical_json.text(sent),
            "drafts.json": canonical_json.text(made),
            "draft_comments.json": canonical_json.text(spoken),
            "refresh.json": canonical_json.text([{"as_of": as_of, "inputs_digest": digest}]),
        },
    )


def manifest(editions: list[str], folders: DataFolders) -> str:
    """The manifest of all that has landed, in the form that a candidate's has."""
    inputs = [
        {"edition": one.edition if one.kind != "partners" else None, "kind": one.kind, "digest": one.digest}
        for one in landed(folders)
        if not one.parts
    ]
    invented = {one.edition for one in landed(folders) if one.synthetic}
    told = [{"edition": edition, "vintage": None, "synthetic": edition in invented} for edition in editions]
    return canonical_json.text({"inputs": inputs, "editions": told})


def _said(receipt: Any, place: str | None, report: str | None) -> dict[str, Any]:
    """What a receipt says, its report, and for a refused file the folder of the inbox that it lay in."""
    everything = receipt.as_dict()
    moments = {name: everything[name].removesuffix("+00:00") for name in ("received_at", "modified_at")}
    return (
        {name: everything[name] for name in _SAID}
        | {name: everything.get(name) for name in _SAID_SINCE}
        | moments
        | {"place": place if place != "unplaced" else None, "report": report}
    )


def _of_draft(one: Answer | Comment, names: Sequence[str]) -> dict[str, Any]:
    """A draft or a comment: what is named of it, and its moments, in UTC; null where there is nothing."""
    moments = {name: value for name, value in asdict(one).items() if name.endswith("at")}
    said = {name: getattr(one, name) or None for name in names}
    return said | {name: value.removesuffix("+00:00") if value else None for name, value in moments.items()}


def _below(report: Path, folders: DataFolders) -> str | None:
    return report.relative_to(folders.root).as_posix() if report.is_file() else None
