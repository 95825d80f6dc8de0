"""What the index team decides, as data: the kinds that there are, and which decisions stand.

A decision lands like a return (inbox/decisions/<edition>/*.csv) and is never taken out: a later one answers it. What a
decision says goes before the seeds (gci.reference.decided).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gci.reference.labels import LANGUAGES, PILLARS

SOURCES = ("data360", "print", "transcription")
DATES = ("collection_from", "collection_to", "published_on")
"""The dates that the seeds have and figures may hang on."""
ROUND_DATES = ("nomination_to", "reminder_1", "reminder_2", "reminder_3", "weights_to", "comments_to", "review_to")
"""The other dates of a round: what people do by then, and no figure hangs on it."""
GROUPINGS = ("itu_region", "development", "income")
ALONE = ("itu_region", "income")
"""The kinds of groups of which a state is in one at a time."""
NAMES = tuple(f"name_{language}" for language in LANGUAGES)
"""The short name of a state in each language: that of all editions at once."""
FIELDS = {
    "status": ("editions", "status", ("open", "published", "rehearsal")),
    "title_en": ("editions", "title_en", ()),
    "respondent_status": (
        "published/respondents",
        "respondent_status",
        ("responded", "desk_validated", "desk_not_validated", "no_data", "unknown"),
    ),
    **{name: ("states/member_states", name, ()) for name in NAMES},
}
"""What an override may put another value in place of: seed, column, and the values that it may have (none: any)."""
OF_A_STATE = ("respondent_status", *NAMES)
ERRORS_OF = tuple(f"{source}/{one}" for source in SOURCES for one in (*PILLARS, "overall"))


@dataclass(frozen=True)
class Kind:
    """What a decision of a kind says.

    Attributes:
        name: its name in the column `kind`.
        needs: columns that must be filled, beside those that every decision fills.
        may: columns that may be filled besides.
        subjects: the values that `subject` may have; none where any will do.
        values: the same of `value`.
        numbers: columns that are numbers.
        told: what it does, in a sentence.
    """

    name: str
    needs: tuple[str, ...]
    told: str
    may: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


KINDS = {
    one.name: one
    for one in (
        Kind(
            "known_error",
            ("iso3", "subject", "was", "value"),
            "A published figure is wrong: subject is source/dimension, was the figure as published, value the one that "
            "the method gives.",
            subjects=ERRORS_OF,
            numbers=("was", "value"),
        ),
        Kind(
            "reviewed_drop",
            ("iso3", "subject", "value"),
            "A drop of more than 20 points is right: subject is the earlier edition, value the change.",
            numbers=("value",),
        ),
        Kind(
            "low_alpha",
            ("subject",),
            "A pillar, or the whole, goes out though what it adds up does not go together: subject is the pillar, or "
            "overall.",
            subjects=(*PILLARS, "overall"),
        ),
        Kind("extension", ("iso3", "day"), "A state has until the end of another day to answer."),
        Kind("withdrawal", ("iso3", "day"), "What a state had sent by the end of a day counts no more."),
        Kind(
            "membership",
            ("iso3", "value", "day"),
            "A state takes part from a day on (joins), or no more (leaves).",
            values=("joins", "leaves"),
        ),
        Kind(
            "calendar_date", ("subject", "day"), "A date of the edition is this day.", subjects=(*DATES, *ROUND_DATES)
        ),
        Kind(
            "release_hour",
            ("value", "day"),
            "The edition's next release appears on a day at an hour: value is hour and time zone, as in 09:00 "
            "Europe/Zurich.",
        ),
        Kind(
            "change_after_review",
            ("subject",),
            "A file that landed after the end of the review counts: subject is the beginning of its SHA-256, at least "
            "12 digits; its approver had no hand in it.",
        ),
        Kind(
            "prerelease_access", ("subject", "day"), "Who may read a release before it is out: subject is their name."
        ),
        Kind(
            "override",
            ("subject", "value"),
            "Another value in place of one of the reference data.",
            may=("iso3",),
            subjects=tuple(FIELDS),
        ),
        Kind(
            "group_class",
            ("iso3", "subject", "day"),
            "From a day on a state is in another group: subject is the kind of group, was the group that it leaves, "
            "value the one that it enters.",
            may=("was", "value"),
            subjects=GROUPINGS,
        ),
        Kind("revocation", ("answers",), "An earlier decision counts no more, and nothing is put in its place."),
    )
}

COLUMNS = ("edition", "id", "kind", "iso3", "subject", "was", "value", "day")
GROUNDS = ("reason", "evidence", "author", "approver", "decided_on", "answers")
HEADER = (*COLUMNS, *GROUNDS)
TOLD = {
    "edition": "The edition that it is about, e.g. 2024.",
    "id": "Its name among all decisions; made of edition, kind and state when empty.",
    "kind": "What is decided.",
    "iso3": "The state that it is about, e.g. EST.",
    "subject": "What of it: source/dimension, edition, pillar, date, kind of group, field, reader, digest.",
    "was": "What was there before: the figure as published, the group that is left.",
    "value": "What holds now: figure by the method, change, joins or leaves, group that is entered, hour and zone.",
    "day": "From when, or until when, YYYY-MM-DD.",
    "reason": "Why.",
    "evidence": "What shows it.",
    "author": "Who writes it.",
    "approver": "Who approved it: another person.",
    "decided_on": "When, YYYY-MM-DD; today when empty.",
    "answers": "Id of the earlier decision that it takes the place of.",
}
"""What each column of a file of decisions says."""
ALWAYS = ("id", "kind", "reason", "evidence", "author", "approver", "decided_on")
WITHOUT_FIGURES = ("change_after_review", "prerelease_access", "release_hour")
"""Kinds on which no figure hangs: alone they make no vintage and go out with the next one."""


@dataclass(frozen=True)
class Decision:
    """One decision as it landed; what is empty in the file is ''. Days are YYYY-MM-DD.

    Attributes:
        edition: the edition that it is about.
        id: its name, unique among all decisions.
        kind: one of KINDS.
        iso3: the state that it is about.
        subject: what of the state or edition.
        was: what was there before.
        value: what holds now.
        day: from when, or until when.
        reason: why.
        evidence: what shows it.
        author: who wrote it.
        approver: who approved it, another person.
        decided_on: when.
        answers: id of the decision that it takes the place of.
        digest: SHA-256 of the file that it came in.
        received_at: when that was collected, ISO 8601 UTC.
    """

    edition: str
    id: str
    kind: str
    iso3: str = ""
    subject: str = ""
    was: str = ""
    value: str = ""
    day: str = ""
    reason: str = ""
    evidence: str = ""
    author: str = ""
    approver: str = ""
    decided_on: str = ""
    answers: str = ""
    digest: str = ""
    received_at: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """What it decides: two that stand about the same thing contradict each other, unless their outcome is one."""
        dated = self.day if self.kind in ("membership", "group_class", "prerelease_access") else ""
        left = self.was if self.kind == "group_class" and self.subject not in ALONE else ""
        gone = self.answers if self.kind == "revocation" else ""
        return (self.edition, self.kind, self.iso3, self.subject, dated, left, gone)

    @property
    def bears_figures(self) -> bool:
        """Whether figures may hang on it; otherwise it makes no vintage alone and goes out with the next one."""
        return self.kind not in WITHOUT_FIGURES and self.subject not in ROUND_DATES

    @property
    def outcome(self) -> tuple[str, ...]:
        """How it is decided."""
        return (self.was, self.value, self.day)

    @property
    def said(self) -> tuple[str, ...]:
        """All that its row says."""
        return tuple(getattr(self, name) for name in HEADER)


def once(decisions: Iterable[Decision]) -> list[Decision]:
    """Each decision once, in the order in which they came: the same row may come again in a longer file."""
    ordered = sorted(decisions, key=lambda one: (one.received_at, one.decided_on, one.id, one.digest))
    first: dict[str, Decision] = {}
    for one in ordered:
        first.setdefault(one.id, one)
    return list(first.values())


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that no later one answers, in their order. What was answered does not come back."""
    all_of_them = once(decisions)
    answered = {one.answers for one in all_of_them if one.answers}
    return [one for one in all_of_them if one.id not in answered]


def contradictions(decisions: Iterable[Decision]) -> list[tuple[Decision, Decision]]:
    """Decisions that stand, are about the same thing and say otherwise: the earlier and the later of each two."""
    first: dict[tuple[str, ...], Decision] = {}
    found = []
    for one in standing(decisions):
        before = first.setdefault(one.about, one)
        if before.outcome != one.outcome:
            found.append((before, one))
    return found


def of(decisions: Sequence[Decision], kind: str) -> list[Decision]:
    """Those of one kind."""
    return [one for one in decisions if one.kind == kind]
