"""One state's part in a simulated round: what is true of it, what it claims, what desk research and reviewers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from gci.reference import seeds
from gci.simulate.phrases import LANGUAGES, REMARKS
from gci.simulate.returns import Filled, Return
from gci.simulate.seeded_random import seeded_random
from gci.simulate.targets import contradictions, nearest_answers, real_values, shares

SILENT = 0.12
"""Share of the states that do not answer and are researched."""
TWICE = 0.08
"""Share of the states that send a second return, as when two focal points answer."""
REVIEWED = 0.35
"""Share of the returns of states of which some answers are reviewed."""
VALIDATED = 0.5
"""Share of the researched states of which every answer is reviewed."""


DOUBTFUL = 0.02
"""Share of the links to evidence that are doubtful."""


@dataclass(frozen=True)
class Verdict:
    """One line of a review file.

    Attributes:
        iso3: the state.
        item: the question.
        verdict: accepted, changed or evidence_missing.
        answer: the new answer of a changed one.
        reason: the reviewer's words.
    """

    iso3: str
    item: str
    verdict: str
    answer: str = ""
    reason: str = ""


@dataclass(frozen=True)
class State:
    """One state's part.

    Attributes:
        iso3: the state.
        truth: by question the answer that should count in the end.
        sent: what the state sends, the last of which counts; empty for a state that is silent.
        desk: what desk research finds; None where nobody looked.
        verdicts: what reviewers say.
    """

    iso3: str
    truth: dict[str, str]
    sent: tuple[Return, ...]
    desk: Return | None
    verdicts: tuple[Verdict, ...]


def state(edition: str, iso3: str, seed: int, form_version: str) -> State:
    """Draw one state's part. The same edition, state and seed give the same."""
    chance = seeded_random(seed, edition, iso3)
    real = real_values(edition)
    targets = real.get(iso3) or real[chance.choice(sorted(real))]
    truth: dict[str, str] = {}
    for indicator in shares(edition):
        target = targets.get(indicator, sum(targets.values()) / len(targets))
        truth |= nearest_answers(edition, indicator, target, truth, seed, edition, iso3)
    language = chance.choice(LANGUAGES[seeds.member_states()[iso3].itu_region])
    filled = Return(edition, iso3, "state", language, form_version, _filled(edition, iso3, truth, language, seed))
    if chance.random() < SILENT:
        desk = replace(filled, collector="desk", language="en")
        verdicts = tuple(_accepted(desk)) if chance.random() < VALIDATED else ()
        return State(iso3, truth, (), desk, verdicts)
    claimed, verdicts = _claimed(filled, seed) if chance.random() < REVIEWED else (filled, ())
    sent = (_earlier(claimed, seed), claimed) if chance.random() < TWICE else (claimed,)
    return State(iso3, truth, sent, None, verdicts)


def researched(part: State) -> State:
    """The state after desk research found all that is true of it, since nothing of what it sent can be taken."""
    filled = part.sent[-1] if part.sent else part.desk
    if filled is None:
        return part
    answers = tuple(replace(one, answer=part.truth[one.item]) for one in filled.answers)
    return State(part.iso3, part.truth, (), replace(filled, collector="desk", language="en", answers=answers), ())


def _filled(edition: str, iso3: str, truth: dict[str, str], language: str, seed: int) -> tuple[Filled, ...]:
    """The truth with evidence and remarks; a few questions whose answer would be no are left out."""
    chance = seeded_random(seed, edition, iso3, "filled")
    gaps = 0.1 if chance.random() < 0.2 else 0
    domain = f"www.{seeds.member_states()[iso3].iso2.lower()}.example"
    answers = []
    for item, node in seeds.items(edition).items():
        answer = truth[item]
        has_evidence = answer != "no" and (node.evidence_required or chance.random() < 0.5)
        answers.append(
            Filled(
                item,
                None if answer == "no" and chance.random() < gaps else answer,
                _link(domain, item, chance) if has_evidence else None,
                chance.choice(REMARKS[language]) if chance.random() < 0.1 else None,
            )
        )
    return tuple(answers)


def _link(domain: str, item: str, chance: Random) -> str:
    """A link to evidence; one in fifty is of the kinds that `evidence_worklist` is made for."""
    path = item.replace(".", "/")
    if chance.random() > DOUBTFUL:
        return f"https://{domain}/{path}"
    return chance.choice(
        (
            f"{domain}/{path}",
            f"https://localhost/{path}",
            f"file:///C:/{path}.pdf",
            f"https://{domain}/{path} https://{domain}/annex",
            "https://www.example.com/",
            "https://www.region.example/model-law",
            "annex 3",
        )
    )


def _accepted(filled: Return) -> list[Verdict]:
    return [Verdict(filled.iso3, one.item, "accepted") for one in filled.answers if one.answer]


def _claimed(filled: Return, seed: int) -> tuple[Return, tuple[Verdict, ...]]:
    """A return that claims more than is true, and the verdicts that bring it back: all that `docs/method.md` knows."""
    chance = seeded_random(seed, filled.edition, filled.iso3, "claimed")
    answers = list(filled.answers)
    verdicts = []
    items = seeds.items(filled.edition)
    noes = [
        place
        for place, one in enumerate(answers)
        if one.answer == "no" and _goes_with(filled.edition, answers, place, "yes")
    ]
    chance.shuffle(noes)
    for place, verdict in zip(noes, ("changed", "evidence_missing", "accepted"), strict=False):
        one = answers[place]
        if verdict != "changed" and not items[one.item].evidence_required:
            continue  # without evidence it would count all the same
        link = "https://www.example.org/law" if verdict == "changed" else None
        answers[place] = replace(one, answer="yes", evidence_url=link)
        told = ("no", "The link leads to a draft.") if verdict == "changed" else ("", "")
        verdicts.append(Verdict(filled.iso3, one.item, verdict, *told))
    proven = [one for one in answers if one.answer in ("yes", "partial") and one.evidence_url]
    told_by_now = {verdict.item for verdict in verdicts}
    seen = [one.item for one in chance.sample(proven, min(5, len(proven)))]
    verdicts.extend(Verdict(filled.iso3, item, "accepted") for item in seen if item not in told_by_now)
    return replace(filled, answers=tuple(answers)), tuple(verdicts)


def _goes_with(edition: str, answers: Sequence[Filled], place: int, answer: str) -> bool:
    """Whether another answer at this place contradicts none of the others: that is planted, and never by accident."""
    said = {one.item: one.answer for one in answers} | {answers[place].item: answer}
    return not contradictions(edition, said)


def _earlier(filled: Return, seed: int) -> Return:
    """What the other focal point had sent before: some answers the other way round, some missing."""
    chance = seeded_random(seed, filled.edition, filled.iso3, "earlier")
    answers = list(filled.answers)
    for place in chance.sample(range(len(answers)), 6):
        turned = {"yes": "no", "partial": "no", "no": "yes", None: "no"}[answers[place].answer]
        answer = turned if chance.random() < 0.7 and _goes_with(filled.edition, answers, place, turned) else None
        answers[place] = replace(answers[place], answer=answer)
    return replace(filled, answers=tuple(answers))
