"""The rules that the cases are held against: the project's own, an invented edition and an invented source."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from gci.reference.validation_context import EditionRules, ValidationContext, validation_context

QUESTIONS = "2042q"
VERSIONED = "2043"


@cache
def rules() -> ValidationContext:
    """The seeds' rules and edition 2042q: two questions, the second without `partial`; without the Holy See.

    Edition 2043 has three questions, two of them of one indicator, and a form of two versions.

    Beside the project's own sources those that are described in partners/.
    """
    own = validation_context()
    asked = EditionRules(
        edition=QUESTIONS,
        asks_numbers=False,
        items={"q1": True, "q2": False},
        members=own.editions["2024"].members - {"VAT"},
    )
    described_in = (*own.described_in, Path(__file__).with_name("partners"))
    versioned = replace(
        asked,
        edition=VERSIONED,
        items={"ls1.1": True, "ls1.2": False, "ts1.1": True},
        pillars={"ls1.1": "legal", "ls1.2": "legal", "ts1.1": "technical"},
        form_versions=frozenset({"2043-1", "2043-2"}),
    )
    editions = {**own.editions, QUESTIONS: asked, VERSIONED: versioned}
    return replace(own, editions=editions, described_in=described_in)
