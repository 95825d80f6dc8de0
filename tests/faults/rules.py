"""The rules that the cases are held against: the project's own, an invented edition and an invented source."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from gci.collect.rulebook import EditionRules, Rulebook, rulebook

QUESTIONS = "2042q"


@cache
def rules() -> Rulebook:
    """The seeds' rules and edition 2042q: two questions, the second without `partial`; without the Holy See.

    Beside the project's own sources those that are described in partners/.
    """
    own = rulebook()
    asked = EditionRules(
        edition=QUESTIONS,
        asks_numbers=False,
        items={"q1": True, "q2": False},
        pillars={"q1": "legal", "q2": "technical"},
        form_versions=frozenset({"2042-1", "2042-2"}),
        members=own.editions["2024"].members - {"VAT"},
    )
    described_in = (*own.described_in, Path(__file__).with_name("partners"))
    return replace(own, editions={**own.editions, QUESTIONS: asked}, described_in=described_in)
