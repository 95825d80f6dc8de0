"""Labels for people, joined late: pillars, indicators, questions and answers in the six languages."""

from __future__ import annotations

import csv
from functools import cache

from gci.paths import SEEDS
from gci.reference import Node

_CODES = {0.0: "no", 0.5: "partial", 1.0: "yes"}


def node_label(node: Node, language: str) -> str:
    """The name of a pillar or indicator, in English where there is none in the language."""
    return _labels("concept_labels", "concept", "label").get((node.concept, language), node.label_en)


def question_text(edition: str, item: str, language: str) -> str:
    """What a question asks; the name of the item where its edition has no questions."""
    from gci.reference import framework

    texts = _labels("question_texts", "edition", "question", "text")
    return texts.get((edition, item, language)) or node_label(framework(edition)[item], language)


def answer_label(answer: float, language: str) -> str:
    """An answer as the questionnaire words it; a number where it is one."""
    code = _CODES.get(answer)
    return _labels("answer_labels", "answer", "label").get((code or "", language), f"{answer:g}")


def state_language(iso3: str) -> str:
    """The language to write to a state in that has sent nothing: its own where it is one of the six, else English."""
    return _own_languages().get(iso3, "en")


def partner_title(source: str) -> str:
    """What a partner's data is called."""
    from gci.collect.contracts import contracts

    return contracts()[source].title if source in contracts() else source


@cache
def _labels(seed: str, *columns: str) -> dict[tuple[str, ...], str]:
    """Texts of a seed of labels by its key columns and language; the last of `columns` is the text."""
    with (SEEDS / "labels" / f"{seed}.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (*(row[name] for name in columns[:-1]), row["language"]): row[columns[-1]] for row in csv.DictReader(lines)
        }


@cache
def _own_languages() -> dict[str, str]:
    with (SEEDS / "states" / "state_languages.csv").open(encoding="utf-8", newline="") as lines:
        return {row["iso3"]: row["language"] for row in csv.DictReader(lines)}
