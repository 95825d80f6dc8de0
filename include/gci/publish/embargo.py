"""An approved release before its hour: whole, under a name that nobody guesses, outside of what a web server shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gci.core.atomic_file import put
from gci.core.checksums import read_sums, sums
from gci.core.clock import now
from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.publish import contents, prerelease, since_review
from gci.reference.release_hour import ReleaseHour, release_hours
from gci.storage.drafts import answers
from gci.storage.embargo import Embargo, note, sweep, unguessable, waiting
from gci.storage.release_log import latest, releases

ON_TIME = timedelta(minutes=1)
"""How long after its hour a release is published as it lies; later its papers say when it really appeared."""


def noted(candidate: Candidate, hour: ReleaseHour | None, folders: DataFolders) -> dict[str, Any]:
    """What a release's papers say besides (contents.NOTED): its hour, its review, copies, drafts."""
    planned = {"planned_for": hour.moment.isoformat(), "planned_by": hour.decision} if hour else {}
    copies = prerelease.papers(candidate.edition, candidate.vintage, folders)
    drafts = [one.as_dict() for one in answers(candidate.edition, folders)]
    return planned | since_review.papers(candidate, folders) | copies | ({"drafts": drafts} if drafts else {})


def is_held(edition: str, folders: DataFolders) -> str | None:
    """Why a release that waits is not published now, in a sentence; None where it may be, or where none waits."""
    found = waiting(folders).get(edition)
    if found is None:
        return None
    hour = release_hours(folders).get(edition)
    if hour is None:
        return (
            f"{found.name} was approved by {found.by} and waits: its hour was revoked and no other is decided. It is "
            "published when a release_hour is decided and has come."
        )
    if now() < hour.moment:
        return (
            f"{found.name} was approved by {found.by} and waits for its hour, {hour.said} ({hour.moment:%F %R} UTC): "
            "release_at_hour, or `gci run` after it, publishes it then."
        )
    return None


def others_wait(edition: str, folders: DataFolders) -> Embargo | None:
    """The release of another edition that waits for an hour which is decided: nothing else goes out before it."""
    hours = release_hours(folders)
    return next((one for name, one in waiting(folders).items() if name != edition and name in hours), None)


def lay(
    candidate: Candidate, sign_off: SignOff, reports: list[dict[str, Any]], hour: ReleaseHour, folders: DataFolders
) -> Path:
    """Write an approved release as it will be published at its hour; with the lock on publication held.

    It takes the place of an earlier one of its edition that waits. The same candidate twice lies there once, unless its
    hour has changed.

    Args:
        candidate: what was approved.
        sign_off: who approved it.
        reports: the reports of its gates.
        hour: when it is to appear.
        folders: where to.

    Returns:
        Its folder.

    Raises:
        OSError, duckdb.Error, TryAgain: when the disk refuses; what waited before waits on.
    """
    before = waiting(folders).get(candidate.edition)
    sequence = len(releases(folders)) + 1
    due = noted(candidate, hour, folders)
    if before and as_it_lies(before, sign_off, hour, due, folders):
        return before.place(folders)
    folders.embargoed.mkdir(mode=0o700, exist_ok=True)
    name = unguessable(candidate.edition, candidate.vintage)
    part = folders.embargoed / f".{name}"
    part.mkdir()
    try:
        earlier = latest(candidate.edition, folders)
        database = earlier.database if earlier else None
        contents.write(part, candidate, sign_off, reports, hour.moment, sequence, before=database, noted=due)
        put(part, folders.embargoed / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    said = Embargo(
        what="embargoed",
        edition=candidate.edition,
        vintage=candidate.vintage,
        sequence=sequence,
        candidate=candidate.folder.name,
        digest=sign_off.candidate_digest,
        folder=name,
        by=sign_off.name,
        at=sign_off.signed_at,
        why=sign_off.note,
    )
    note(said, folders)
    sweep(folders)
    return folders.embargoed / name


def ready(
    candidate: Candidate, sign_off: SignOff, hour: ReleaseHour | None, moment: datetime, folders: DataFolders
) -> Path | None:
    """The folder that waits, where it can be published as it lies: on time, whole, and with everything in its papers.

    Args:
        candidate: what is published.
        sign_off: who approved it.
        hour: when it was to appear.
        moment: when it does.
        folders: where it waits.

    Returns:
        Its folder; None where the release is to be written with what is so now.
    """
    found = waiting(folders).get(candidate.edition)
    if found is None or hour is None or moment - hour.moment > ON_TIME:
        return None
    if datetime.fromisoformat(sign_off.signed_at) > hour.moment:  # by a clock that is ahead of this one
        return None
    due = noted(candidate, hour, folders)
    return found.place(folders) if as_it_lies(found, sign_off, hour, due, folders) else None


def as_it_lies(
    one: Embargo, sign_off: SignOff, hour: ReleaseHour, due: Mapping[str, Any], folders: DataFolders
) -> bool:
    """Whether what waits is this approval, whole and unchanged, and its papers say what they have to (`due`)."""
    place = one.place(folders)
    try:
        papers = json.loads((place / "release.json").read_text(encoding="utf-8"))
        whole = sums(place) == read_sums(place)
    except (OSError, ValueError):
        return False
    said = {name: papers[name] for name in contents.NOTED if name in papers}
    signed_for = one.digest == sign_off.candidate_digest
    return whole and signed_for and said == due and papers.get("published_at") == hour.moment.isoformat()


def must_not_go_before(candidate: Candidate, folders: DataFolders) -> None:
    """Raise Blocked when a release of another edition waits for its hour: one that goes out first would undo it."""
    other = others_wait(candidate.edition, folders)
    if other:
        hour = release_hours(folders)[other.edition]
        raise Blocked(
            f"{other.name} is approved and waits for its hour, {hour.said}. It was built on what is published now, and "
            f"a release of {candidate.edition} before it would make it void. Publish {candidate.edition} after that "
            f"hour; or, if it cannot wait, revoke the decision {hour.decision}, and have {other.edition} built and "
            "signed off anew. Nothing was published."
        )
