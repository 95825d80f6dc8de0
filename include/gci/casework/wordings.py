"""How the letter of queries words each kind of case: what is wrong or doubtful, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gci.texts import marked


class Wording(NamedTuple):
    """The texts of a kind of case, in English, as the catalogues have them.

    Attributes:
        wrong: what is wrong, with {places} that the case fills: said, held_against, label, partner, now, before and
            earlier.
        do: what to do; it has no places.
    """

    wrong: str
    do: str


WORDINGS: Mapping[str, Wording] = {
    "refused_file": Wording(
        marked("The file {said} could not be accepted."),
        marked("Correct what is listed and send the file again. Until then nothing of it counts."),
    ),
    "answer_in_two_ways": Wording(
        marked("One question is answered twice in the file {said}, with different answers."),
        marked("Keep the answer that is right and remove the other."),
    ),
    "no_return": Wording(
        marked("No return of your administration has been received by its last day, {held_against}."),
        marked("Write to us if you still wish to take part, so that another last day can be agreed."),
    ),
    "two_focal_points": Wording(
        marked(
            "Two returns of your administration came at the same time and answer the questions below "
            "differently. The later one, {said}, was taken as it is."
        ),
        marked("Agree on one answer to each question and send one return."),
    ),
    "missing_answers": Wording(
        marked("{label}: these questions have no answer."),
        marked("Answer them. A question without an answer gives no points, and is not read as “no”."),
    ),
    "evidence_missing": Wording(
        marked("Evidence is asked for here, and the answers came without a link."),
        marked("Give a public link to the document. After the review an answer without evidence counts as “no”."),
    ),
    "answers_contradict": Wording(
        marked("The answer at {held_against} is no, and other answers presuppose that it is not."),
        marked(
            "Look at these answers together and correct what does not hold. If all of them hold, explain in "
            "the comment how they go together."
        ),
    ),
    "evidence_malformed": Wording(
        marked("A link to evidence cannot be opened as it is written."),
        marked("Give one whole address that everybody can open, beginning with https://."),
    ),
    "evidence_placeholder": Wording(
        marked("An address that only stands for one (such as example.com) was given in place of the evidence."),
        marked("Replace it by the address of the document that shows what you answer."),
    ),
    "evidence_duplicate": Wording(
        marked("Another state has given the same link as evidence."),
        marked(
            "Give the link to the document of your own state, or say in the comment why the document is about both."
        ),
    ),
    "partner_contradiction": Wording(
        marked("{label}: your answers and the data of another source ({partner}) do not go together."),
        marked(
            "Check the answers. If they are right, say so in the comment and give the evidence: the other "
            "source may be wrong or out of date."
        ),
    ),
    "big_change": Wording(
        marked(
            "{label}: the answers are far from those of the edition {earlier}. On a scale from 0 to 1 they "
            "gave {before} then, and give {now} now."
        ),
        marked("Check the answers. If they are right, say in the comment what has changed since."),
    ),
    "draft": Wording(
        marked("The draft of your scores was sent to you on {said}; we have not heard from you about it."),
        marked(
            "Answer with a corrected questionnaire, which takes the place of the one you sent, or with a comment. If "
            "we hear nothing from you, we record that you did not comment."
        ),
    ),
}
"""By the kind of the seed case_kinds; those of focal points alone."""
