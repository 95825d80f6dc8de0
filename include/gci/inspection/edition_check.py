"""What a new edition still lacks before it can be collected, built and published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gci.core.errors import WrongUsage
from gci.reference.decided import seeds_of_today
from gci.reference.labels import LANGUAGES
from gci.reference.seed_files import Row, rows_of, seed_file, seeds_of_kind

FULL = Fraction(20)


@dataclass(frozen=True)
class Lack:
    """Something that is missing.

    Attributes:
        what: weights, calendar, form version, members, groups, translations, activities or comparability.
        where: the seed, or `decision` where it is decided.
        told: what is missing, for a person.
    """

    what: str
    where: str
    told: str


def missing(name: str, seeds: Path | None = None) -> list[Lack]:
    """What an edition lacks.

    Args:
        name: the edition.
        seeds: the folder of the seeds; those of the project, with what is decided by now, when not given.

    Raises:
        WrongUsage: there is no such edition.
    """
    home = seeds or seeds_of_today()
    listed = {row["edition"]: row for row in rows_of(seed_file("editions", home))}
    if name not in listed:
        raise WrongUsage(f"There is no edition {name!r}. Known editions: {', '.join(sorted(listed))}.")
    own = listed[name]
    tree = rows_of(seed_file(f"frameworks/framework_{name}", home))
    earlier = max((one for one in listed if one < name), default=None)
    return [
        *_calendar(own),
        *_weights(name, tree, home),
        *_questions(name, own, tree, home),
        *_members(name, own, home),
        *_comparability(name, earlier, tree, home),
        *_activities(name, home),
    ]


def _calendar(own: Row) -> Iterator[Lack]:
    for date in ("collection_from", "collection_to", "published_on"):
        if not own[date]:
            yield Lack("calendar", "decision", f"{date} is not decided: gci decide calendar_date.")
    if own["status"] == "rehearsal":
        yield Lack("calendar", "decision", "status is `rehearsal`: gci decide override --subject status --value open.")


def _weights(name: str, tree: list[Row], seeds: Path) -> Iterator[Lack]:
    sums: dict[str, Fraction] = defaultdict(Fraction)
    empty = [row["node"] for row in tree if row["level"] != "pillar" and not row["weight_numerator"]]
    if empty:
        experts = [one for one in seeds_of_kind("allotment", seeds) if one.startswith(f"{name}_")]
        if not experts:
            where = f"allotments/allotment_{name}_<expert>"
            yield Lack("weights", where, f"{len(empty)} nodes have no weight, and no expert has allotted points.")
    else:
        for row in tree:
            if row["level"] == "indicator":
                sums[row["pillar"]] += Fraction(int(row["weight_numerator"]), int(row["weight_denominator"]))
        for pillar, total in sorted(sums.items()):
            if total != FULL:
                yield Lack(
                    "weights", f"frameworks/framework_{name}", f"{pillar}: its indicators sum to {total}, not 20."
                )
    own = {row["edition"]: row for row in rows_of(seed_file("editions", seeds))}[name]
    tiers = [row for row in rows_of(seed_file("tiers", seeds)) if row["edition"] == name]
    if own["rank_rule"] == "tiers" and not tiers:
        yield Lack("weights", "tiers", "The edition has tiers and no thresholds.")


def _questions(name: str, own: Row, tree: list[Row], seeds: Path) -> Iterator[Lack]:
    concepts = {row["concept"] for row in tree if row["level"] != "question"}
    yield from _translated("concept", concepts, rows_of(seed_file("labels/concept_labels", seeds)), "label")
    if own["item_level"] != "question":
        return
    questions = {row["node"] for row in tree if row["level"] == "question"}
    texts = [row for row in rows_of(seed_file("labels/question_texts", seeds)) if row["edition"] == name]
    yield from _translated("question", questions, texts, "text")
    versions = [row for row in rows_of(seed_file("frameworks/form_versions", seeds)) if row["edition"] == name]
    if not versions:
        yield Lack("form version", "frameworks/form_versions", "The questionnaire has no version.")
    for row in versions:
        if not row["valid_from"]:
            yield Lack("form version", "frameworks/form_versions", f"{row['form_version']} has no first day.")


def _translated(kind: str, wanted: set[str], texts: list[Row], column: str) -> Iterator[Lack]:
    there = {(row[kind], row["language"]) for row in texts if row[column].strip()}
    for language in LANGUAGES:
        lacking = sorted(one for one in wanted if (one, language) not in there)
        if lacking:
            where = "labels/question_texts" if kind == "question" else "labels/concept_labels"
            yield Lack("translations", where, f"{language}: no text for {', '.join(lacking)}.")


def _members(name: str, own: Row, seeds: Path) -> Iterator[Lack]:
    there = sorted(row["iso3"] for row in rows_of(seed_file("states/membership", seeds)) if row["edition"] == name)
    if not there:
        yield Lack("members", "states/membership", "No state takes part.")
    day = f"{own['reference_year']}-12-31"
    groups = _on(day, rows_of(seed_file("states/member_state_groups", seeds)))
    excepted = _on(day, rows_of(seed_file("states/group_exceptions", seeds)))
    for grouping in ("itu_region", "income"):
        lacking = [iso3 for iso3 in there if (iso3, grouping) not in groups | excepted]
        if lacking:
            told = f"{len(lacking)} states have no {grouping} on {day}: {', '.join(lacking)}."
            yield Lack("groups", "states/member_state_groups", told)


def _on(day: str, rows: list[Row]) -> set[tuple[str, str]]:
    """State and kind of group of the rows that hold on a day."""
    return {
        (row["iso3"], row["grouping"])
        for row in rows
        if row["valid_from"] <= day and (not row["valid_to"] or row["valid_to"] >= day)
    }


def _comparability(name: str, earlier: str | None, tree: list[Row], seeds: Path) -> Iterator[Lack]:
    if earlier is None:
        return
    before = {row["concept"] for row in rows_of(seed_file(f"frameworks/framework_{earlier}", seeds))}
    both = {row["concept"] for row in tree if row["level"] == "indicator"} & before
    said = {
        row["concept"]
        for row in rows_of(seed_file("comparability", seeds))
        if (row["from_edition"], row["to_edition"]) == (earlier, name)
    }
    if both - said:
        told = f"Against {earlier}, whether the same was asked: {', '.join(sorted(both - said))}."
        yield Lack("comparability", "comparability", told)


def _activities(name: str, seeds: Path) -> Iterator[Lack]:
    listed = {row["activity"] for row in rows_of(seed_file("gca_activities", seeds))}
    said = {row["activity"] for row in rows_of(seed_file("gca_activity_status", seeds)) if row["from_edition"] == name}
    if listed - said:
        told = f"What follows them from {name} on, where it differs from before: {', '.join(sorted(listed - said))}."
        yield Lack("activities", "gca_activity_status", told)
