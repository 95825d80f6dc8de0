"""What the pages say: every code has words, numbers can be copied, days are those of the language."""

from __future__ import annotations

from datetime import date

import pytest

from gci.audit.scenarios import CHOICES
from gci.core.paths import EXPECTATIONS
from gci.gates.suite import load_suite
from gci.site.codes import MEANINGS
from gci.site.texts import day, number


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "1,234.50"), ("es", "1.234,50"), ("ru", "1\xa0234,50"), ("zh", "1,234.50"), ("ar", "1,234.50")],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, shown: str) -> None:
    assert number(1234.5, 2, language) == shown


def test_a_number_that_rounds_to_nothing_has_no_sign() -> None:
    assert number(-0.001, 2, "en") == "0.00"


def test_days_are_written_as_the_language_writes_them() -> None:
    assert day(date(2024, 9, 12), "en") == "September 12, 2024"
    assert day("2024-09-12", "fr") == "12 septembre 2024"
    assert day("2026-11-30 17:15:58", "es") == "30 de noviembre de 2026"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("overall_scores", "respondent_status"),
        ("answers", "origin"),
        ("score_changes", "comparability"),
        ("gca_activity_status", "data_status"),
        ("gca_activity_measures", "unit"),
        ("published_history", "source"),
    ],
)
def test_every_code_that_a_file_may_hold_has_words(table: str, column: str) -> None:
    declared = {one.name: one for one in load_suite("built", EXPECTATIONS).tables}[table]
    (codes,) = [one.one_of for one in declared.columns if one.name == column]
    assert set(codes or ()) <= MEANINGS[column].keys()


def test_every_choice_of_the_method_has_words() -> None:
    for column, meant in (
        ("aggregation", "aggregation"),
        ("pillar_weights", "weights"),
        ("indicator_weights", "weights"),
    ):
        assert set(CHOICES[column]) <= MEANINGS[meant].keys()
