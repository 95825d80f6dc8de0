"""What a letter calls things: nodes, answers and partners."""

from __future__ import annotations

from gci.reference.labels import answer_labels, concept_labels, question_texts
from gci.reference.seeds import Node, answer_values, framework


def node_label(node: Node, language: str) -> str:
    """The name of a pillar or indicator, in English where there is none in the language."""
    return concept_labels(language).get(node.concept, node.label_en)


def question_text(edition: str, item: str, language: str) -> str:
    """What a question asks; the name of the item where its edition has no questions."""
    asked = question_texts(edition, language).get(item)
    return asked.text if asked else node_label(framework(edition)[item], language)


def answer_label(edition: str, answer: float, language: str) -> str:
    """What an answer of an edition counts, as the questionnaire words it; a number where it is one."""
    codes = {value: code for code, value in answer_values(edition).items()}
    return answer_labels(language).get(codes.get(answer, ""), f"{answer:g}")


def partner_title(source: str) -> str:
    """What a partner's data is called."""
    from gci.partners.contracts import contracts

    return contracts()[source].title if source in contracts() else source
