"""What stands on a questionnaire beside the questions, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gci.reference.direction import isolated
from gci.reference.labels import language
from gci.texts import Translator, translator


@dataclass(frozen=True)
class Words:
    """The texts of one language; places in braces are filled by whoever uses them.

    Attributes:
        sheets: short name of each pillar's sheet, by pillar; at most 31 characters.
        instructions: the steps of filling in, in order; the last is about prefilled answers.
        only_asked: the heading of a questionnaire with only the questions asked about.
        addition: how to fill that in, and that it adds to the return before.
        is_addition: the question of a form for all states whether what is sent adds to an earlier return.
        is_addition_means: what yes and no say there.
        partial_rule: what the answer partial means, wherever it is allowed. It is said here alone; the help of a
            question says which part counts there.
    """

    index: str
    questionnaire: str
    only_asked: str
    addition: str
    is_addition: str
    is_addition_means: str
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
    said = vars(_words(translator(language(code))))
    return Words(**{name: text if name == "sheets" else _shown(text, code) for name, text in said.items()})


def _shown(text: Any, code: str) -> Any:
    """A text, or the texts of a list, as they can be shown in a language from right to left."""
    return [isolated(one, code) for one in text] if isinstance(text, list) else isolated(text, code)


def _words(say: Translator) -> Words:
    return Words(
        index=say.pgettext("form", "Global Cybersecurity Index"),
        questionnaire=say.pgettext("form", "Questionnaire"),
        only_asked=say.gettext("Only the questions asked"),
        addition=say.gettext(
            "This workbook has only the questions that we ask about. Change or complete the cells in blue, "
            "which hold what you sent, and send it back: it adds to your return, and everything that is not "
            "in it stands as you sent it. A question that you leave empty stands, too."
        ),
        is_addition=say.gettext("Does this only add to a return that your state has sent before?"),
        is_addition_means=say.gettext(
            "Yes: what you answer here is taken, and everything else stands as you sent it before. No: this takes the "
            "place of what you sent before."
        ),
        rehearsal=say.gettext("Rehearsal: the questions and weights of this edition are not final."),
        state=say.pgettext("form", "State"),
        edition=say.pgettext("form", "Edition"),
        version=say.pgettext("form", "Form version"),
        period=say.pgettext("form", "Collection period"),
        cover=say.pgettext("form", "Start"),
        sheets={
            "legal": say.pgettext("form", "1 Legal"),
            "technical": say.pgettext("form", "2 Technical"),
            "organizational": say.pgettext("form", "3 Organizational"),
            "capacity_development": say.pgettext("form", "4 Capacity development"),
            "cooperation": say.pgettext("form", "5 Cooperation"),
        },
        how_to=say.gettext("How to fill in this workbook"),
        instructions=[
            say.gettext(
                "There is one sheet for each of the five pillars. Fill in the white cells; all others are locked."
            ),
            say.gettext(
                "Choose an answer from the list. Leave the cell empty if you have no answer: empty does not mean no."
            ),
            say.gettext(
                "Where evidence is marked as required, give a web address (http:// or https://) that shows what "
                "you answer. After review, a yes without evidence counts as no."
            ),
            say.gettext("Use the comment for explanations, for example the article of a law."),
            say.gettext(
                "You may send the workbook before it is complete, and again later: the newest return counts. Do "
                "not rename, add or remove sheets or rows."
            ),
            say.gettext(
                "Cells in blue hold your answer of the previous edition. Check each of them and change what no "
                "longer holds."
            ),
        ],
        partial_rule=say.gettext(
            "“Partial” means that a part of what is asked is there today; the column “What counts” says "
            "which part. What is only drafted, planned or applied for is “no”. An agreement that is signed "
            "and not yet in force is “partial”."
        ),
        number=say.pgettext("form", "No."),
        question=say.pgettext("form", "Question"),
        help=say.pgettext("form", "What counts"),
        answer=say.pgettext("form", "Answer"),
        evidence=say.pgettext("form", "Evidence (web address)"),
        required=say.pgettext("form", "Evidence"),
        is_required=say.pgettext("form", "required"),
        comment=say.pgettext("form", "Comment"),
        status=say.pgettext("form", "To do"),
        previous=say.pgettext("form", "Previous edition"),
        indicator_score=say.gettext("{edition}: score {score} of 1"),
        answered_before=say.gettext("{edition}: {answer}"),
        evidence_missing=say.pgettext("form", "evidence missing"),
        not_answered=say.pgettext("form", "not answered"),
        progress=say.pgettext("form", "Progress"),
        pillar=say.pgettext("form", "Pillar"),
        questions=say.pgettext("form", "Questions"),
        answered=say.pgettext("form", "Answered"),
        missing=say.pgettext("form", "Evidence missing"),
        share=say.pgettext("form", "Complete"),
        all=say.pgettext("form", "All pillars"),
        choose_state=say.gettext("Which state do you answer for?"),
        link_wrong=say.gettext("Give one web address that begins with http:// or https://."),
        link_required=say.gettext("A yes or partial answer needs a web address as evidence."),
        respondent=say.pgettext("form", "Who answers"),
        respondent_note=say.gettext("These fields are for questions about the answers; nothing of them is published."),
        name=say.pgettext("form", "Name"),
        position=say.pgettext("form", "Position and administration"),
        email=say.pgettext("form", "E-mail"),
        date=say.pgettext("form", "Date"),
        sign_off=say.gettext(
            "I confirm that these are the answers of my administration (name of the head who signs off)"
        ),
    )
