"""The rules that the cases are held against: the project's own, and an invented edition that asks questions."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from gci.collect.rulebook import EditionRules, Rulebook, rulebook

QUESTIONS = "2042q"


@cache
def rules() -> Rulebook:
    """The seeds' rules and edition 2042q: two questions, the second without `partial`; without the Holy See."""
    own = rulebook()
    asked = EditionRules(
        edition=QUESTIONS,
        asks_numbers=False,
        items={"q1": True, "q2": False},
        members=own.editions["2024"].members - {"VAT"},
    )
    return replace(own, editions={**own.editions, QUESTIONS: asked})
