"""Whether the dates of a round are kept, as landing, survey.duckdb and the releases tell; and how to say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.reference.seed_files import seeds_of_kind
from gci.reference.seeds import items, members


def _silent(edition: str, folders: DataFolders) -> list[str]:
    """The states of which no return has been accepted."""
    from gci.storage.landing import receipts

    # From the receipts alone: whoever asks in Airflow's triggerer must not wait for a build.
    sent = {one.iso3 for one in receipts(folders) if one.iso3 and (one.kind, one.edition) == ("survey", edition)}
    return sorted(members(edition) - sent)


def _not_weighted(edition: str, folders: DataFolders) -> list[str]:
    """The edition, while a node has no weight and no expert has allotted points."""
    weighted = all(node.weight is not None for node in items(edition).values())
    allotted = any(name.startswith(f"{edition}_") for name in seeds_of_kind("allotment"))
    return [] if weighted or allotted else [edition]


def _not_reviewed(edition: str, folders: DataFolders) -> list[str]:
    """The states that sent a return of which an answer has no verdict; all of them where nothing can tell."""
    from gci.casework.reading import rows_of

    try:
        found = rows_of("survey_status", edition, "iso3", folders)
    except TryAgain:
        return sorted(members(edition) - set(_silent(edition, folders)))
    return [row["iso3"] for row in found if row["answered"] and (row["reviewed"] or 0) < 1]


def _not_published(edition: str, folders: DataFolders) -> list[str]:
    from gci.storage.release_log import latest

    return [] if latest(edition, folders) else [edition]


def _not_approved(edition: str, folders: DataFolders) -> list[str]:
    """The edition, while no release waits for the hour that is decided, nor has gone out at it."""
    from gci.storage.embargo import waiting
    from gci.storage.hours import hour_of

    return [] if edition in waiting(folders) or hour_of(edition, folders) is None else [edition]


def _silent_on_draft(edition: str, folders: DataFolders) -> list[str]:
    """The states that were sent a draft and have not answered; the edition, while none was sent."""
    from gci.storage.drafts import answers

    found = answers(edition, folders)
    return [one.iso3 for one in found if one.answered_at is None] if found else [edition]


def _itself(edition: str, folders: DataFolders) -> list[str]:
    """The edition: nothing shows that it was done."""
    return [edition]


MISSING: Mapping[str, Callable[[str, DataFolders], list[str]]] = {
    "nomination": _itself,
    "launch": _itself,
    "reminder": _silent,
    "collection": _silent,
    "weights": _not_weighted,
    "comments": _silent_on_draft,
    "review": _not_reviewed,
    "publication": _not_published,
    "hour of release": _not_approved,
}
"""What is missing of each kind of date."""

_Tells = Callable[[str, str, list[str]], str]


def _counted(still: list[str]) -> str:
    return f"{len(still)} member state{'' if len(still) == 1 else 's'}"


def _collection(edition: str, when: str, still: list[str]) -> str:
    if not still:
        return f"{edition}: every member state has sent a return."
    return (
        f"{edition}: {_counted(still)} {'has' if len(still) == 1 else 'have'} sent no return; collection closes at the "
        f"end of {when}: {', '.join(still)}."
    )


def _reminder(edition: str, when: str, still: list[str]) -> str:
    if not still:
        return f"{edition}: every member state has sent a return; nobody is to be reminded."
    return (
        f"{edition}: on {when} {_counted(still)} that sent no return "
        f"{'is' if len(still) == 1 else 'are'} to be reminded: {', '.join(still)}."
    )


def _review(edition: str, when: str, still: list[str]) -> str:
    if not still:
        return f"{edition}: every answer has a verdict."
    return (
        f"{edition}: answers of {_counted(still)} have no verdict; the review ends with {when}, "
        f"and what lands after it needs a second approver: {', '.join(still)}."
    )


def _comments(edition: str, when: str, still: list[str]) -> str:
    silent = "no draft has been recorded as sent" if still == [edition] else f"silent: {', '.join(still) or 'nobody'}"
    return f"{edition}: states may comment on their draft scores until {when}; {silent}."


def _hour(edition: str, when: str, still: list[str]) -> str:
    approved = "no release is approved" if still else "a release is approved, or out"
    return f"{edition}: {approved}; its hour is {when}."


TOLD: Mapping[str, _Tells] = {
    "nomination": lambda edition, when, still: (
        f"{edition}: focal points are to be named by {when}. Nothing here can show that they are."
    ),
    "launch": lambda edition, when, still: (
        f"{edition}: collection opens on {when}; the forms are to go out (`gci template`)."
    ),
    "reminder": _reminder,
    "collection": _collection,
    "weights": lambda edition, when, still: (
        f"{edition}: {'no expert has allotted points' if still else 'the weights are there'}; they are due by {when}."
    ),
    "comments": _comments,
    "review": _review,
    "publication": lambda edition, when, still: f"{edition} is {'not ' if still else ''}published; its day is {when}.",
    "hour of release": _hour,
}
"""How it stands with each kind of date, in a sentence: of edition, its day or moment, and what is missing."""
