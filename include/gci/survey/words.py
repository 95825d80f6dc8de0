"""What stands on a questionnaire beside the questions, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gci.reference.direction import isolated
from gci.reference.labels import language


@dataclass(frozen=True)
class Words:
    """The texts of one language, from words.yml; placeholders in braces are filled by whoever uses them.

    Attributes:
        sheets: short name of each pillar's sheet, by pillar.
        instructions: the steps of filling in, in order; the last is about prefilled answers.
        only_asked: the heading of a questionnaire with only the questions asked about.
        addition: how to fill that in, and that it adds to the return before.
        partial_rule: what the answer partial means, wherever it is allowed.
    """

    index: str
    questionnaire: str
    only_asked: str
    addition: str
    rehearsal: str
    state: str
    edition: str
    version: str
    period: str
    cover: str
    sheets: dict[str, str]
    how_to: str
    instructions: list[str]
    partial_rule: str
    number: str
    question: str
    help: str
    answer: str
    evidence: str
    required: str
    is_required: str
    comment: str
    status: str
    previous: str
    indicator_score: str
    answered_before: str
    evidence_missing: str
    not_answered: str
    progress: str
    pillar: str
    questions: str
    answered: str
    missing: str
    share: str
    all: str
    choose_state: str
    link_wrong: str
    link_required: str
    respondent: str
    respondent_note: str
    name: str
    position: str
    email: str
    date: str
    sign_off: str


@cache
def words(code: str) -> Words:
    """The texts of a language. Raises WrongUsage for an unknown language."""
    document = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    said = document[language(code)]
    return Words(**{name: text if name == "sheets" else _shown(text, code) for name, text in said.items()})


def _shown(text: Any, code: str) -> Any:
    """A text, or the texts of a list, as they can be shown in a language from right to left."""
    return [isolated(one, code) for one in text] if isinstance(text, list) else isolated(text, code)
