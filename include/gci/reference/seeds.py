"""The reference data as frozen records, read from the seeds: editions, frameworks, member states.

A small typed reader for the checks at the door (collect) and for whatever runs before a warehouse is built. What
analysts read comes out of dbt, from the same seeds. Every function reads its file once per process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from gci.core.errors import WrongUsage
from gci.core.lines import PARTNERS
from gci.core.paths import INCLUDE
from gci.reference.decided import seeds_of_today
from gci.reference.labels import LANGUAGES
from gci.reference.seed_files import Row, rows_of, seed_file

ItemLevel = Literal["indicator", "question"]


@dataclass(frozen=True)
class Edition:
    """One round of the index.

    Attributes:
        edition: its name, e.g. `2024`.
        reference_year: the year that its figures stand for.
        collection_from: first day of the collection period; None where no source names it.
        collection_to: last day of it.
        published_on: when the index appeared; None while it has not, or where no source names the day.
        status: published, open or rehearsal.
        item_level: `indicator` where answers are numbers from 0 to 1, `question` where they are yes, partial or no.
        rank_rule: dense_2dp, tiers or none.
        title_en: name of the edition for people.
    """

    edition: str
    reference_year: int
    collection_from: date | None
    collection_to: date | None
    published_on: date | None
    status: str
    item_level: ItemLevel
    rank_rule: str
    title_en: str


@dataclass(frozen=True)
class Node:
    """One node of an edition's framework: a pillar, an indicator or a question.

    Attributes:
        edition: the edition that the node belongs to.
        node: its code, unique in the edition.
        parent: code of the node above; None for a pillar.
        level: pillar, indicator or question.
        pillar: the pillar that it counts towards.
        concept: what stays the same across editions.
        label_en: name for people.
        weight: points of 20 for an indicator, 20 for a pillar, share of its indicator (sum 1) for a question. None
            where experts allot points: dbt takes their mean, and the table `framework` has it.
        allows_partial: whether a question may be answered `partial`; None where answers are numbers.
        evidence_required: whether a question asks for a link to evidence; None where no questions are asked.
    """

    edition: str
    node: str
    parent: str | None
    level: str
    pillar: str
    concept: str
    label_en: str
    weight: Fraction | None
    allows_partial: bool | None
    evidence_required: bool | None


@dataclass(frozen=True)
class Dependency:
    """An answer that does not go with a no to what it depends on.

    Attributes:
        question: code of the question that depends on another.
        answer: the answer to it that contradicts, `yes` or `partial`.
        depends_on: code of the question or of the indicator that it depends on.
        needs: the questions that this stands for, of which one answer other than no is enough.
    """

    question: str
    answer: str
    depends_on: str
    needs: tuple[str, ...]

    def is_broken_by(self, answers: Mapping[str, str | None]) -> bool:
        """Whether the answers (question → code) contradict one another. What is not answered contradicts nothing."""
        return answers.get(self.question) == self.answer and self.is_denied_by(answers)

    def is_denied_by(self, answers: Mapping[str, str | None]) -> bool:
        """Whether all that it depends on is answered with no."""
        return all(answers.get(question) == "no" for question in self.needs)


@dataclass(frozen=True)
class MemberState:
    """One state that takes part in the index.

    Attributes:
        iso3: ISO 3166 alpha-3 code, the key.
        iso2: ISO 3166 alpha-2 code (`NA` is Namibia).
        m49: UN M49 code, three digits as text.
        names: short name by language: en, fr, es, ar, zh, ru.
        itu_region: AFR, AMS, ARB, ASP, CIS or EUR.
    """

    iso3: str
    iso2: str
    m49: str
    names: dict[str, str]
    itu_region: str


def _rows(name: str, seeds: Path | None = None) -> list[Row]:
    """The rows of one seed as decided by now; every cell is text, an empty cell is ''."""
    return rows_of(seed_file(name, seeds or seeds_of_today()))


def editions() -> dict[str, Edition]:
    """Every edition that the warehouse can build, by name, oldest first; its dates as decided by now."""
    return _editions(seeds_of_today())


@cache
def _editions(seeds: Path) -> dict[str, Edition]:
    return {
        row["edition"]: Edition(
            edition=row["edition"],
            reference_year=int(row["reference_year"]),
            collection_from=_day(row["collection_from"]),
            collection_to=_day(row["collection_to"]),
            published_on=_day(row["published_on"]),
            status=row["status"],
            item_level="question" if row["item_level"] == "question" else "indicator",
            rank_rule=row["rank_rule"],
            title_en=row["title_en"],
        )
        for row in sorted(_rows("editions", seeds), key=lambda row: row["edition"])
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def edition(name: str) -> Edition:
    """The edition of that name. Raises WrongUsage, naming the ones there are."""
    try:
        return editions()[name]
    except KeyError:
        known = ", ".join(editions())
        raise WrongUsage(f"There is no edition {name!r}. Known editions: {known}.") from None


def line(name: str) -> str:
    """The line of releases of that name: `partners`, or that of an edition. Raises WrongUsage, naming the editions."""
    return PARTNERS if name == PARTNERS else edition(name).edition


@cache
def tier_minimums(name: str) -> tuple[float, ...] | None:
    """The lowest score of each tier of an edition, tier 1 first; None for an edition without tiers."""
    rows = sorted((row for row in _rows("tiers") if row["edition"] == name), key=lambda row: int(row["tier"]))
    return tuple(float(row["minimum"]) for row in rows) or None


@cache
def framework(name: str) -> dict[str, Node]:
    """The nodes of an edition's framework by code, in the order of the seed. Raises WrongUsage if it is unknown."""
    known = edition(name)
    return {row["node"]: _node(row) for row in _rows(f"frameworks/framework_{known.edition}")}


_YES_OR_NO = {"": None, "true": True, "false": False}


def _node(row: dict[str, str]) -> Node:
    return Node(
        edition=row["edition"],
        node=row["node"],
        parent=row["parent"] or None,
        level=row["level"],
        pillar=row["pillar"],
        concept=row["concept"],
        label_en=row["label_en"],
        weight=Fraction(int(row["weight_numerator"]), int(row["weight_denominator"]))
        if row["weight_numerator"]
        else None,
        allows_partial=_YES_OR_NO[row["allows_partial"]],
        evidence_required=_YES_OR_NO[row.get("evidence_required", "")],
    )


@cache
def items(name: str) -> dict[str, Node]:
    """The leaves of an edition's framework, where answers arrive, by code. Raises WrongUsage for an unknown edition."""
    level = edition(name).item_level
    return {code: node for code, node in framework(name).items() if node.level == level}


@cache
def answer_values(name: str) -> dict[str, float]:
    """What each answer to a question counts in an edition (0 to 1), by code; none for those collected as numbers alone.

    The edition may be one of an older file that the seeds do not list.
    """
    said = sorted(_rows("answer_values"), key=lambda row: row["from_edition"])
    return {row["answer"]: float(row["value"]) for row in said if row["from_edition"] <= name}


@cache
def form_versions(name: str) -> tuple[str, ...]:
    """The versions of an edition's questionnaire, oldest first; none where no questionnaire is asked.

    Raises WrongUsage for an unknown edition.
    """
    return tuple(row["form_version"] for row in _versions(name))


@cache
def items_of_versions(name: str) -> dict[str, frozenset[str]]:
    """By version of an edition's questionnaire the items that it asks: all but those that a later one asks first.

    Raises WrongUsage for an unknown edition.
    """
    asked = frozenset(items(name))
    by_version = {}
    for row in reversed(_versions(name)):
        by_version[row["form_version"]] = asked
        asked -= frozenset(row["new_items"].split())
    return by_version


def _versions(name: str) -> list[dict[str, str]]:
    known = edition(name).edition
    rows = [row for row in _rows("frameworks/form_versions") if row["edition"] == known]
    return sorted(rows, key=lambda row: (row["valid_from"], row["form_version"]))


@cache
def dependencies(name: str) -> tuple[Dependency, ...]:
    """What depends on what in an edition's questionnaire, in the order of the seed; none where no questions are asked.

    Raises WrongUsage for an unknown edition.
    """
    leaves = items(name)
    return tuple(
        Dependency(
            row["question"],
            row["answer"],
            row["depends_on"],
            tuple(code for code, node in leaves.items() if row["depends_on"] in (code, node.parent)),
        )
        for row in _rows("survey/question_dependencies")
        if row["edition"] == name
    )


def member_states() -> dict[str, MemberState]:
    """Every state that is or was a member of an edition, by iso3, in the order of the codes."""
    return member_states_by(seeds_of_today())


@cache
def member_states_by(seeds: Path) -> dict[str, MemberState]:
    """The same, with the names that a folder of seeds has."""
    return {
        row["iso3"]: MemberState(
            iso3=row["iso3"],
            iso2=row["iso2"],
            m49=row["m49"],
            names={language: row[f"name_{language}"] for language in LANGUAGES},
            itu_region=row["itu_region"],
        )
        for row in sorted(_rows("states/member_states", seeds), key=lambda row: row["iso3"])
    }


def members(name: str, *, ever: bool = False) -> frozenset[str]:
    """The states that take part in an edition as iso3 codes: those that joined since included, those that left not.

    Args:
        name: the edition.
        ever: whether those that left count too.

    Raises:
        WrongUsage: the edition is unknown.
    """
    return members_by(edition(name).edition, seeds_of_today(), ever)


@cache
def members_by(known: str, seeds: Path, ever: bool) -> frozenset[str]:
    """The same by a folder of seeds."""
    there = {row["iso3"] for row in _rows("states/membership", seeds) if row["edition"] == known}
    events = [row for row in _rows("round_events", seeds) if row["edition"] == known]
    for row in sorted(events, key=lambda row: (row["day"], row["event"] == "left")):  # of one day, leaving is the last
        if row["event"] == "joined":
            there.add(row["iso3"])
        elif row["event"] == "left" and not ever:
            there.discard(row["iso3"])
    return frozenset(there)


@cache
def groups_of(grouping: str) -> tuple[str, ...]:
    """The groups of a kind, e.g. of `income`; none for a kind that there is not."""
    return tuple(row["member_group"] for row in _rows("states/groups") if row["grouping"] == grouping)


def known_error_ids() -> frozenset[str]:
    """The entries of the register of known errors, as the code has it."""
    return frozenset(row["id"] for row in rows_of(seed_file("corrections")))


@cache
def state_languages() -> dict[str, str]:
    """By state its own of the six languages, as its law names it; English for a state without a row in the seed."""
    return dict.fromkeys(member_states(), "en") | {
        row["iso3"]: row["language"] for row in _rows("states/state_languages")
    }


@cache
def iso3_by_iso2() -> dict[str, str]:
    """The alpha-3 code for each alpha-2 code of a member state."""
    return {state.iso2: state.iso3 for state in member_states().values()}


@cache
def iso3_by_m49() -> dict[str, str]:
    """The alpha-3 code for each M49 code (three digits as text) of a member state."""
    return {state.m49: state.iso3 for state in member_states().values()}


@cache
def aliases() -> dict[str, str]:
    """The reviewed spellings of include/names/aliases.csv, as written there, with the alpha-3 code of each."""
    return {row["alias"]: row["iso3"] for row in _names("aliases.csv")}


@cache
def un_names() -> dict[str, str]:
    """Names of the United Nations beside the short ones of the member states, long ones above all, in six languages."""
    return {row["name"]: row["iso3"] for row in _names("un_names.csv")}


@cache
def ambiguous_names() -> dict[str, tuple[str, ...]]:
    """Spellings that mean more than one state or area, with the codes of each."""
    return {row["name"]: tuple(row["may_mean"].split()) for row in _names("ambiguous.csv")}


@cache
def names_of_no_member() -> dict[str, str]:
    """Names of areas, aggregates and remarks that are no member state, with the code of the area ('' for none)."""
    return {row["name"]: row["code"] for row in _names("not_members.csv")}


def _names(name: str) -> list[Row]:
    return rows_of(INCLUDE / "names" / name)
