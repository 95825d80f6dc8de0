"""An approval as `publish_edition` keeps it, signed with the data folder's own key."""

from __future__ import annotations

from pathlib import Path

from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.release import publish
from gci.sign_off import keys
from gci.sign_off.at_the_hour import keep_until_then
from gci.sign_off.record import as_sign_off
from gci.sign_off.signed import SignedAnswer
from small_candidate import digest


def approval(candidate: Candidate, at: str) -> SignedAnswer:
    """A publisher's answer about the candidate, not yet signed."""
    return SignedAnswer(
        dag_id="publish_edition",
        run_id="manual__1",
        task_id="sign_off",
        map_index=-1,
        tries=3,
        digest=digest(candidate.database),
        chosen="Approve",
        user="7",
        by="A. Signer",
        names=("A. Signer",),
        role="publisher",
        at=at,
        note="seen",
    )


def approved(candidate: Candidate, folders: DataFolders, at: str = "2026-03-28T11:00:00+00:00") -> Path:
    """What comes of an approval of the candidate at a moment: its release, or what waits for its hour."""
    keys.ready(folders)
    answer = approval(candidate, at)
    keep_until_then(answer.signed(folders), answer, folders)
    return publish(candidate, as_sign_off(answer), folders)
