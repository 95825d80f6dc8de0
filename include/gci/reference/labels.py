"""Names for people in the six languages of the United Nations, read from the seeds. Data carries codes alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gci.core.errors import WrongUsage
from gci.reference.seed_files import rows_of, seed_file

LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
RIGHT_TO_LEFT = frozenset({"ar"})
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "zh": "中文", "ru": "Русский"}
"""What each language is called in itself."""
PILLARS = ("legal", "technical", "organizational", "capacity_development", "cooperation")
"""The pillars in the order in which the index is always told."""


@dataclass(frozen=True)
class QuestionText:
    """What a focal point reads of one question.

    Attributes:
        text: the question.
        help: what counts as an answer and as evidence.
    """

    text: str
    help: str


def language(code: str) -> str:
    """The code of a language of the questionnaires. Raises WrongUsage, naming the ones there are."""
    if code not in LANGUAGES:
        raise WrongUsage(f"There is no language {code!r}. Languages: {', '.join(LANGUAGES)}.")
    return code


@cache
def answer_labels(code: str) -> dict[str, str]:
    """How the answers yes, partial and no read in a language, by code. Raises WrongUsage for an unknown language."""
    return {row["answer"]: row["label"] for row in _rows("answer_labels") if row["language"] == language(code)}


@cache
def concept_labels(code: str) -> dict[str, str]:
    """Names of pillars and indicators in a language, by concept. Raises WrongUsage for an unknown language."""
    return {row["concept"]: row["label"] for row in _rows("concept_labels") if row["language"] == language(code)}


@cache
def activity_texts(code: str) -> dict[str, str]:
    """What each activity of the agenda asks, in a language, by code. Raises WrongUsage for an unknown language."""
    return {row["activity"]: row["text"] for row in _rows("activity_texts") if row["language"] == language(code)}


@cache
def question_texts(edition: str, code: str) -> dict[str, QuestionText]:
    """The questions of an edition in a language, by code. Raises WrongUsage for an unknown language."""
    return {
        row["question"]: QuestionText(row["text"], row["help"])
        for row in _rows("question_texts")
        if row["edition"] == edition and row["language"] == language(code)
    }


@cache
def _rows(name: str) -> list[dict[str, str]]:
    return rows_of(seed_file(f"labels/{name}"))
