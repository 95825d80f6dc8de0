"""What a questionnaire asks, from the edition's framework: pillars, indicators and questions in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from gci.core.errors import WrongUsage
from gci.reference import seeds
from gci.reference.seeds import Edition, Node

ANSWERS = ("yes", "partial", "no")


@dataclass(frozen=True)
class Indicator:
    """An indicator with its questions.

    Attributes:
        node: the indicator.
        questions: its questions, in the order of the framework.
    """

    node: Node
    questions: tuple[Node, ...]


@dataclass(frozen=True)
class Pillar:
    """A pillar with its indicators.

    Attributes:
        node: the pillar.
        indicators: its indicators, in the order of the framework.
    """

    node: Node
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Form:
    """The questionnaire of an edition.

    Attributes:
        edition: the edition.
        version: the version that goes out now.
        pillars: what is asked.
    """

    edition: Edition
    version: str
    pillars: tuple[Pillar, ...]


def form(name: str) -> Form:
    """The questionnaire of an edition in its newest version.

    Raises:
        WrongUsage: the edition is unknown, asks no questions, or its questionnaire has no version.
    """
    edition = seeds.edition(name)
    if edition.item_level != "question":
        asking = ", ".join(one.edition for one in seeds.editions().values() if one.item_level == "question")
        raise WrongUsage(
            f"Edition {name} asks no questions: its returns give a number from 0 to 1 for each indicator, as CSV (gci "
            f"replay writes them). Editions with a questionnaire: {asking or 'none'}."
        )
    versions = seeds.form_versions(name)
    if not versions:
        raise WrongUsage(f"The questionnaire of edition {name} has no version yet: add it to seed_form_versions.csv.")
    nodes = seeds.framework(name).values()
    return Form(
        edition,
        versions[-1],
        tuple(
            Pillar(pillar, tuple(Indicator(one, _under(one, nodes)) for one in _under(pillar, nodes)))
            for pillar in nodes
            if pillar.level == "pillar"
        ),
    )


def only(asked: Form, items: Collection[str]) -> Form:
    """The questionnaire with these questions alone, under their indicators and pillars; none that is empty is left."""
    pillars = []
    for pillar in asked.pillars:
        kept = [
            replace(indicator, questions=tuple(one for one in indicator.questions if one.node in items))
            for indicator in pillar.indicators
        ]
        pillars.append(replace(pillar, indicators=tuple(one for one in kept if one.questions)))
    return replace(asked, pillars=tuple(one for one in pillars if one.indicators))


def choices(question: Node) -> tuple[str, ...]:
    """Codes of the answers that a question allows."""
    return tuple(answer for answer in ANSWERS if answer != "partial" or question.allows_partial)


def _under(node: Node, nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(one for one in nodes if one.parent == node.node)
