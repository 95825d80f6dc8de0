"""What a number format makes of a number: as the format codes of spreadsheet programs are documented."""

from __future__ import annotations

import pytest

from gci.readers.number_formats import is_percent, is_scaled, shows_other


@pytest.mark.parametrize(
    "shown_as", ["#,##0,", "0.0,", '0.0,,"M"', "[>=1000]#,##0,;0", "# ##0,", '_(* #,##0,_);_(* "-"_)', "0,.0"]
)
def test_a_comma_behind_the_digits_divides_by_a_thousand(shown_as: str) -> None:
    assert is_scaled(shown_as)


@pytest.mark.parametrize("shown_as", ["General", "#,##0", "#,##0.00", '"1,"0', "0,0", "@", "0\\,", "d, mmmm yyyy"])
def test_other_commas_divide_by_nothing(shown_as: str) -> None:
    assert not is_scaled(shown_as)


@pytest.mark.parametrize(
    ("shown_as", "percent"), [("0.00%;[Red]-0.00%", True), ("_(* 0.0%_)", True), ('0.0"%"', False), ("0\\%", False)]
)
def test_a_percent_sign_that_is_text_multiplies_by_nothing(shown_as: str, percent: bool) -> None:
    assert is_percent(shown_as) is percent


@pytest.mark.parametrize(
    ("shown_as", "value"),
    [
        (";;;", 5.0),
        (";;;", "yes"),
        ('"closed"', 5.0),
        ('0;-0;"n/a"', 0.0),
        ('0;"below zero"', -1.0),
        ('0;0;0;"No; or not"', "Yes"),
        ("0;-0;;", "yes"),
        ('"<"0.0', 5.0),
        ("\\<0.0", 5.0),
        ('0"00"', 5.0),
    ],
)
def test_a_format_without_a_place_for_the_value_shows_something_else(shown_as: str, value: object) -> None:
    assert shows_other(shown_as, value)


@pytest.mark.parametrize(
    ("shown_as", "value"),
    [
        ("General", 5.0),
        ("0;-0;;@", "yes"),
        ("0;-0;;@", 0.0),
        ('_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 0.0),
        ('_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "yes"),
        ('0.0" of 100; rounded"', 5.0),
        ("0", "yes"),
        ("@", 5.0),
        ("[$€-407] #,##0.00", 5.0),
        ("dd\\.mm\\.yyyy", 45000.0),
    ],
)
def test_a_format_that_shows_the_value_shows_nothing_else(shown_as: str, value: object) -> None:
    assert not shows_other(shown_as, value)
