"""What has changed in the inputs of an edition since its review ended: who, why, and who else approved it.

When the last day of the review is over, the inputs of the next release are locked: a digest says which they were.
Whatever lands after it goes into the release only with a decision `change_after_review`, approved by somebody who had
no hand in it. Seeds that the program comes with are held in the same way: a newer program that brings others is a
change as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from gci.core.clock import now
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.people import same_person
from gci.core.records import Candidate, Receipt
from gci.reference.decided import landed_decisions, read_decisions
from gci.reference.decisions import Decision, of, standing
from gci.reference.round_dates import review_ends
from gci.storage.landed_rows import read_rows
from gci.storage.landing import read_receipt, rows_file
from gci.storage.release_log import latest
from gci.storage.seed_log import seed_notes

SHORTEST = 12
"""How many digits of a file's digest a decision names at least."""


@dataclass(frozen=True)
class Change:
    """A file that landed after the review had ended, or a seed of the program that is another one since.

    Attributes:
        kind: survey, reviews, decisions or seeds.
        digest: SHA-256 of its bytes; of a seed over its rows that touch the edition.
        file: its name.
        iso3: the state that it is about, where it is one.
        landed_at: when, ISO 8601 UTC; of a seed when it was first planned with.
        who: who sent or wrote it.
        why: what they gave as reason.
        approved_by: who approved that it counts; None where nobody has who may.
        decision: id of the decision that says so.
    """

    kind: str
    digest: str
    file: str
    iso3: str | None
    landed_at: str
    who: tuple[str, ...]
    why: tuple[str, ...]
    approved_by: str | None = None
    decision: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self) | {"who": list(self.who), "why": list(self.why)}


def papers(candidate: Candidate, folders: DataFolders) -> dict[str, Any]:
    """What a release's papers say of the end of its review; nothing where none is decided, or it is still to come."""
    ended = _ended(candidate.edition, folders)
    if ended is None:
        return {}
    before, after = _parted(candidate, ended, folders)
    locked = hashlib.sha256("".join(f"{one.kind} {one.digest}\n" for one in before).encode()).hexdigest()
    return {
        "locked_inputs": {"at": ended.isoformat(), "files": len(before), "digest": locked},
        "changed_since_review": [
            one.as_dict() for one in (*_changes(after, folders), *_seeds(candidate.edition, ended, folders))
        ],
    }


def changed(candidate: Candidate, folders: DataFolders) -> list[Change]:
    """What went into a candidate and came after its review had ended: files in the order of landing, then seeds."""
    ended = _ended(candidate.edition, folders)
    if ended is None:
        return []
    return [
        *_changes(_parted(candidate, ended, folders)[1], folders),
        *_seeds(candidate.edition, ended, folders),
    ]


def must_be_approved(candidate: Candidate, folders: DataFolders) -> None:
    """Raise Blocked where something landed after the end of the review that nobody else has approved."""
    open_ones = [one for one in changed(candidate, folders) if one.approved_by is None]
    if open_ones:
        told = "; ".join(f"{one.file} ({one.digest[:SHORTEST]}, {', '.join(one.who)})" for one in open_ones)
        raise Blocked(
            f"{candidate.edition} has changed since its review ended, and nobody else has approved it: {told}. Decide "
            f"change_after_review with the digest as subject, approved by somebody who had no hand in it; or take the "
            "change back. Nothing was published."
        )


def _ended(edition: str, folders: DataFolders) -> datetime | None:
    """When the review of the edition's next release ended; None where it has not, or was that of an earlier release."""
    ends = review_ends(edition, folders)
    if ends is None or now() < ends:
        return None
    before = latest(edition, folders)
    return None if before and datetime.fromisoformat(before.document["published_at"]) >= ends else ends


def _parted(candidate: Candidate, ended: datetime, folders: DataFolders) -> tuple[list[Receipt], list[Receipt]]:
    """The receipts of a candidate's own inputs: those of before the end of the review, and those of after it."""
    manifest = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))
    named = {one["digest"] for one in manifest["inputs"] if one["edition"] == candidate.edition}
    there = [one for digest in sorted(named) if (one := read_receipt(digest, folders))]
    there.sort(key=lambda one: (_landed_at(one), one.digest))
    return [one for one in there if _landed_at(one) < ended], [one for one in there if _landed_at(one) >= ended]


def _landed_at(receipt: Receipt) -> datetime:
    return datetime.fromisoformat(receipt.collected_at or receipt.received_at)


def _changes(after: Iterable[Receipt], folders: DataFolders) -> list[Change]:
    approvals = of(standing(landed_decisions(folders)), "change_after_review")
    found = []
    for receipt in after:
        said = _said(receipt, folders)
        if said is None:
            continue
        who, hands, why = said
        approval = next((one for one in approvals if _approves(one, receipt, hands)), None)
        found.append(
            Change(
                kind=receipt.kind,
                digest=receipt.digest,
                file=receipt.file,
                iso3=receipt.iso3,
                landed_at=_landed_at(receipt).isoformat(),
                who=who,
                why=why,
                approved_by=approval.approver if approval else None,
                decision=approval.id if approval else None,
            )
        )
    return found


def _seeds(edition: str, ended: datetime, folders: DataFolders) -> list[Change]:
    """The seeds of the program that are others than when the review ended; what decisions make of them is no part."""
    notes = seed_notes(edition, folders)
    if not notes:
        return []
    locked = next((one for one in reversed(notes) if one.moment < ended), notes[0])
    newest = notes[-1]
    approvals = of(standing(landed_decisions(folders)), "change_after_review")
    found = []
    for seed in sorted(locked.seeds.keys() | newest.seeds.keys()):
        before, digest = locked.seeds.get(seed), newest.seeds.get(seed)
        if before == digest:
            continue
        named = digest or before or ""
        since = next(one for one in notes if one.moment >= locked.moment and one.seeds.get(seed) == digest)
        approval = next((one for one in approvals if one.edition == edition and named.startswith(one.subject)), None)
        found.append(
            Change(
                kind="seeds",
                digest=named,
                file=f"{seed}.csv",
                iso3=None,
                landed_at=since.moment.isoformat(),
                who=(f"the program, version {since.code_version}",),
                why=("reference data that comes with the program" + ("" if digest else ", taken out"),),
                approved_by=approval.approver if approval else None,
                decision=approval.id if approval else None,
            )
        )
    return found


def _said(receipt: Receipt, folders: DataFolders) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Who sent a file, all that had a hand in it, and why; None for decisions on which no figure hangs."""
    if receipt.kind == "decisions":
        listed = [one for one in read_decisions([rows_file("decisions", receipt.digest, folders)]) if one.bears_figures]
        if not listed:
            return None
        authors = _once(one.author for one in listed)
        return authors, _once([*authors, *(one.approver for one in listed)]), _once(one.reason for one in listed)
    if receipt.kind == "reviews":
        rows = read_rows(rows_file("reviews", receipt.digest, folders))
        reviewers = _once(rows.column("reviewer").to_pylist())
        return reviewers, reviewers, _once(rows.column("reason").to_pylist())
    sender = (f"desk research on {receipt.iso3}" if receipt.collector == "desk" else f"the state {receipt.iso3}",)
    return sender, (), ("a newer return",)


def _approves(one: Decision, receipt: Receipt, hands: tuple[str, ...]) -> bool:
    """Whether a decision lets a file count: it names it, and its approver had no hand in it."""
    named = one.edition == receipt.edition and receipt.digest.startswith(one.subject)
    return named and not (hands and same_person([one.approver], hands))


def _once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text and text.strip()))
