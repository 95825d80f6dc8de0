"""What a state had in the edition before, from the published file: shown beside the questions, or filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gci.core.database.query import query
from gci.reference.seeds import answer_values
from gci.survey.form.form import Form

_BEFORE = """
    select edition, item_level from editions
    where vintage is not null and reference_year < ?
    order by reference_year desc, edition desc limit 1"""
_SCORES = """
    select iso3, concept, indicator_scores.score from indicator_scores
    inner join overall_scores using (edition, iso3)
    where edition = ? and indicator_scores.score is not null and respondent_status != 'no_data'"""
_ANSWERS = """
    select answers.iso3, framework.concept, answers.answer, answers.evidence_url, answers.comment
    from answers inner join framework on answers.edition = framework.edition and answers.item = framework.node
    where answers.edition = ? and answers.answer is not null"""


@dataclass(frozen=True)
class Given:
    """An answer to a question.

    Attributes:
        answer: yes, partial or no.
        evidence_url: link to the evidence; None without.
        comment: what was said of it; None without.
    """

    answer: str
    evidence_url: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Previous:
    """What a state had in the edition before.

    Attributes:
        edition: that edition.
        scores: its indicator scores from 0 to 1, by concept.
        answers: its answers to questions, by concept; none where the items of that edition are indicators.
    """

    edition: str
    scores: dict[str, float] = field(default_factory=dict)
    answers: dict[str, Given] = field(default_factory=dict)


def previous(form: Form, published: Path) -> dict[str, Previous]:
    """What every state had in the latest published edition before the form's, by iso3.

    Args:
        form: the questionnaire that goes out.
        published: the file that analysts read; it need not be there.

    Returns:
        Nothing where no earlier edition is published. A state without data has no scores and no answers.

    Raises:
        TryAgain: the file cannot be read.
    """
    if not published.is_file():
        return {}
    editions = _ask(_BEFORE, form.edition.reference_year, published)
    if not editions:
        return {}
    before = editions[0]["edition"]
    found: dict[str, Previous] = {}
    for row in _ask(_SCORES, before, published):
        found.setdefault(row["iso3"], Previous(before)).scores[row["concept"]] = row["score"]
    if editions[0]["item_level"] == "question":
        codes = {value: answer for answer, value in answer_values(before).items()}
        for row in _ask(_ANSWERS, before, published):
            given = Given(codes[row["answer"]], row["evidence_url"], row["comment"])
            found.setdefault(row["iso3"], Previous(before)).answers[row["concept"]] = given
    return found


def _ask(statement: str, value: object, published: Path) -> list[dict[str, Any]]:
    return query(statement, "what states had in the edition before", [value], published)
