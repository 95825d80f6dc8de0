"""Whether the dates of a round come in their order: each is decided by itself, and may stand after what follows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gci.reference.decided import decided_seeds
from gci.reference.decisions import DATES, Decision, standing
from gci.reference.seed_files import rows_of, seed_file

HOUR = "release_hour"
_REMINDERS = ("reminder_1", "reminder_2", "reminder_3")
_ENDS = ("published_on", HOUR)
ORDER = (
    ("collection_from", "collection_to"),
    *(("collection_from", one) for one in _REMINDERS),
    *((one, "collection_to") for one in _REMINDERS),
    ("nomination_to", "collection_to"),
    *(("collection_to", one) for one in ("comments_to", "review_to", *_ENDS)),
    *((one, end) for one in ("weights_to", "comments_to", "review_to") for end in _ENDS),
)
"""Dates of which the first is not after the second."""


def out_of_order(
    own: Sequence[Decision], before: Sequence[Decision], edition: str
) -> Iterator[tuple[Decision, str, str]]:
    """The dates among decisions that do not fit those that stand beside them.

    Args:
        own: the decisions of a file.
        before: those that had landed before it.
        edition: the edition that they are about.

    Yields:
        A decision, the other date (its name), and its day.
    """
    days = _days(before, own, edition)
    for one in own:
        name = _name(one)
        if days.get(name) != one.day or one.day < one.decided_on:
            continue
        for earlier, later in ORDER:
            other = later if name == earlier else earlier if name == later else ""
            # What was over when it was decided is in nobody's way: a published edition takes late returns.
            if other and days.get(other, "") >= one.decided_on and days[earlier] > days[later]:
                yield one, other, days[other]


def _days(before: Sequence[Decision], own: Sequence[Decision], edition: str) -> dict[str, str]:
    """Day by date of a round, as decided."""
    rows = (row for row in rows_of(seed_file("editions", decided_seeds(before))) if row["edition"] == edition)
    days = {name: row[name] for row in rows for name in DATES if row[name]}
    listed = (one for one in standing([*before, *own]) if one.edition == edition)
    return days | {name: one.day for one in listed if (name := _name(one))}


def _name(one: Decision) -> str:
    return HOUR if one.kind == HOUR else one.subject if one.kind == "calendar_date" else ""
