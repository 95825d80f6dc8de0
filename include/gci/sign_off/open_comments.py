"""What is not over between states and the index team about the drafts of a release that is about to go out."""

from __future__ import annotations

from collections.abc import Sequence

from gci.core import clock
from gci.core.paths import DataFolders
from gci.storage.drafts import answers, comments, unsent

NAMED = 12
"""States that are named; of more the number."""


def open_comments(edition: str, folders: DataFolders) -> list[str]:
    """Why a release may be too early: nothing stops it, but whoever signs or watches it is to know.

    Args:
        edition: the edition.
        folders: where the notes on drafts lie.

    Returns:
        Sentences: comments without an answer, states that may still comment, drafts that have not gone out. None where
        all is said.

    Raises:
        Damaged: a note on a draft cannot be read.
    """
    today = clock.now().date().isoformat()
    unanswered = [one.iso3 for one in comments(folders) if one.edition == edition and one.answered_at is None]
    asked = [one for one in answers(edition, folders) if one.said == "waiting" and one.until >= today]
    made = [note.iso3 for note in unsent(edition, folders)]
    told = []
    if unanswered:
        many = "s of states on their drafts have" if len(unanswered) > 1 else " of a state on its draft has"
        told.append(f"{len(unanswered)} comment{many} no answer ({named(unanswered)}).")
    if asked:
        many = f"{len(asked)} states that have said nothing" if len(asked) > 1 else "1 state that has said nothing"
        told.append(f"{many} may comment until the end of {max(one.until for one in asked)}, UTC.")
    if made:
        many = "drafts were made and have" if len(made) > 1 else "draft was made and has"
        told.append(f"{len(made)} {many} not been sent ({named(made)}).")
    return told


def named(states: Sequence[str]) -> str:
    """States by their codes, each once, the first of many."""
    each = list(dict.fromkeys(states))
    more = len(each) - NAMED
    return ", ".join(each[:NAMED]) + (f" and {more} more" if more > 0 else "")
