"""What may have been meant is asked, not taken."""

from __future__ import annotations

import pytest

from gci.reference.near import near, near_states


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("EG", " Is EGY (Egypt) meant?"),
        ("Egypt", " Is EGY (Egypt) meant?"),
        ("Egipt", " Is EGY (Egypt) meant?"),
        ("Deutschland", ""),
        ("Alemania", " Is DEU (Germany) meant?"),
        ("XXX", ""),
        ("", ""),
        ("%", ""),
    ],
)
def test_a_state_is_found_by_code_or_name_in_any_language(given: str, meant: str) -> None:
    assert near_states(given) == meant


def test_no_more_than_three_are_named() -> None:
    assert near_states("Guinea").count("(") <= 3
    assert near("2024@v9", ["2020@v1", "2024@v1", "2024@v2"]).startswith(" Is 2024@v")
    assert near("zzz", ["2020", "2024"]) == ""
