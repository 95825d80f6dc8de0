"""What stands in a state's workbook before anyone fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gci.survey.form.form import Form, choices
from gci.survey.form.previous import Given, Previous


@dataclass(frozen=True)
class Filling:
    """What stands in a state's workbook before anyone fills it in.

    Attributes:
        answers: answers by code of the question.
        previous: what the state had in the edition before, shown beside the questions; None when nothing is known.
        synthetic: whether the answers are made up; the workbook then says so where readers look.
        addition: whether only some questions are asked once more; what comes back then adds to the return before.
    """

    answers: Mapping[str, Given] = field(default_factory=dict)
    previous: Previous | None = None
    synthetic: bool = False
    addition: bool = False


def prefilled(form: Form, previous: Previous | None) -> Filling:
    """The answers of the edition before to the questions that ask for the same concept and allow the same answer."""
    before = previous.answers if previous else {}
    questions = [question for pillar in form.pillars for one in pillar.indicators for question in one.questions]
    answers = {
        question.node: before[question.concept]
        for question in questions
        if question.concept in before and before[question.concept].answer in choices(question)
    }
    return Filling(answers, previous)
