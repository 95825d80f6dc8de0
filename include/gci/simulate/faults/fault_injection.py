"""One fault, and the acts from which faults are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gci.core.records import Verdict
from gci.simulate.returns import Filled, Return

CONTRADICTION = "answers_contradict"
"""The problem that collection names where answers do not go together."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong in a return.

    Attributes:
        name: what went wrong, as the list of what was planted has it.
        format: the format in which it goes wrong.
        verdict: what collection must say of the file.
        code: the problem that it must name; None for what is no problem.
        write: the file with the fault.
    """

    name: str
    format: str
    verdict: Verdict
    code: str | None
    write: Callable[[Return], bytes]


def with_answer(filled: Return, change: Callable[[Filled], Filled], which: int = 0) -> Return:
    """The return with one of its answers (counted among those that are answered) changed."""
    place = [number for number, one in enumerate(filled.answers) if one.answer][which]
    answers = list(filled.answers)
    answers[place] = change(answers[place])
    return replace(filled, answers=tuple(answers))


def answered_as(text: str) -> Callable[[Return], Return]:
    """The return with another text as its first answer."""
    return lambda filled: with_answer(filled, lambda one: replace(one, answer=text))


def in_capitals(filled: Return) -> Return:
    """The return with its first answer in capitals."""
    return with_answer(filled, lambda one: replace(one, answer=str(one.answer).upper()))


def remarked(text: str) -> Callable[[Return], Return]:
    """The return with another text as its first comment."""
    return lambda filled: with_answer(filled, lambda one: replace(one, comment=text))


def item_unknown(filled: Return) -> Return:
    """A question that the edition does not have."""
    return replace(filled, answers=(*filled.answers, Filled("ls9.9", "yes")))


def item_twice(filled: Return) -> Return:
    """One question answered twice, in two ways."""
    first = next(one for one in filled.answers if one.answer)
    other = "no" if first.answer == "yes" else "yes"
    return replace(filled, answers=(*filled.answers, replace(first, answer=other)))


def contradictory(filled: Return, node: str) -> Return:
    """`no` to a question, and to those that depend on it the answers that do not go with that."""
    from gci.reference import seeds

    contrary = {
        one.question: one.answer for one in reversed(seeds.dependencies(filled.edition)) if one.depends_on == node
    }
    said = contrary | {node: "no"}
    answers = tuple(replace(one, answer=said.get(one.item, one.answer)) for one in filled.answers)
    return replace(filled, answers=answers)


def partial_not_allowed(filled: Return) -> Return:
    """`partial` where the question takes yes or no alone; the code of a question that is one."""
    from gci.reference import seeds

    strict = next(code for code, node in seeds.items(filled.edition).items() if not node.allows_partial)
    answers = tuple(replace(one, answer="partial") if one.item == strict else one for one in filled.answers)
    return replace(filled, answers=answers)
