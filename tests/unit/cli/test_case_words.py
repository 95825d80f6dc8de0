"""What `gci cases` says of a case: words, where the table has codes."""

from __future__ import annotations

import pytest

from gci.cli.cases import against


@pytest.mark.parametrize(
    ("kind", "found", "told"),
    [
        ("refused_file", "form_version_missing item_twice", ("what is wrong", "form version missing, item twice")),
        (
            "evidence_placeholder",
            "placeholder",
            ("what is wrong", "the link is a placeholder (example.com and the like)"),
        ),
        ("evidence_duplicate", "FIN LVA", ("held against", "FIN LVA")),
        ("score_drop", "75.20 2024", ("held against", "75.20 2024")),
        ("missing_answers", None, ("held against", None)),
    ],
)
def test_what_speaks_against_a_case_is_told_in_words(
    kind: str, found: str | None, told: tuple[str, str | None]
) -> None:
    assert against({"kind": kind, "held_against": found}) == told
