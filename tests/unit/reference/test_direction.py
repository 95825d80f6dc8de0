"""Addresses, codes and dates keep their order where the text runs from right to left."""

from __future__ import annotations

import pytest

from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGES
from gci.survey.words import words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ويبدأ بـ https://.", "ويبدأ بـ \u2066https://\u2069."),
        ("(http:// أو https://)", "(\u2066http://\u2069 أو \u2066https://\u2069)"),
        ("قبل 2026-04-10.", "قبل \u20662026-04-10\u2069."),
        ("قاعدة World Bank Data360، جدول", "قاعدة \u2066World Bank Data360\u2069، جدول"),
        ("صف 12", "صف 12"),
        ("{edition}: {answer}", "{edition}: {answer}"),
    ],
)
def test_a_run_is_kept_in_one_piece_and_the_stop_behind_it_is_the_sentences(text: str, shown: str) -> None:
    assert isolated(text, "ar") == shown
    assert isolated(text, "fr") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_questionnaire_are_shown_so(language: str) -> None:
    step = next(step for step in words(language).instructions if "https://" in step)
    assert ("\u2066https://\u2069" in step) == (language == "ar")
    assert words(language).answered_before.format(edition="2024", answer="x")
