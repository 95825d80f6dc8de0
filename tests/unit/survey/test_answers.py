"""One answer as written → as kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gci.readers.numbers import exact_number
from gci.survey.answers import Reading, read_choice, read_number

TAKEN = [
    ("", None, None),
    ("0", "0.0", None),
    ("1", "1.0", None),
    ("0.50", "0.5", None),
    (".5", "0.5", None),
    ("+0.5", "0.5", None),
    ("1.", "1.0", None),
    ("5E-01", "0.5", None),
    ("1e-05", "1e-05", None),
    ("0.7999441964285714", "0.7999441964285714", None),
    ("0.1000000000000000055511151231257827", "0.1", None),
    ("\u200f0.5", "0.5", None),
    ("-0", "0.0", "answer_minus_zero"),
    ("0,5", "0.5", "answer_decimal_comma"),
    (",5", "0.5", "answer_decimal_comma"),
    ("1,0", "1.0", "answer_decimal_comma"),
    ("0,500", "0.5", "answer_decimal_comma"),
    ("1,000000", "1.0", "answer_decimal_comma"),
    ("50%", "0.5", "answer_percent"),
    ("12,5 %", "0.125", "answer_percent"),
    ("12,5\u00a0%", "0.125", "answer_percent"),
    ("0%", "0.0", "answer_percent"),
    ("100%", "1.0", "answer_percent"),
    ("33.3%", "0.333", "answer_percent"),
    ("٠٫٥", "0.5", "answer_other_digits"),
    ("۰٫۵", "0.5", "answer_other_digits"),
    ("०.५", "0.5", "answer_other_digits"),
    ("０．５", "0.5", "answer_other_digits"),
    ("٥٠٪", "0.5", "answer_other_digits"),
]
REFUSED = [
    ("yes", "answer_not_a_number"),
    ("0x1", "answer_not_a_number"),
    ("1_0", "answer_not_a_number"),
    ("inf", "answer_not_a_number"),
    ("-inf", "answer_not_a_number"),
    ("1/2", "answer_not_a_number"),
    ("½", "answer_not_a_number"),
    ("0.5²", "answer_not_a_number"),
    ("−0.5", "answer_not_a_number"),
    ("0.5.1", "answer_not_a_number"),
    ("0 5", "answer_not_a_number"),
    ("1.000,5", "answer_not_a_number"),
    ("1e-400", "answer_not_a_number"),
    ("5e1%", "answer_not_a_number"),
    ("'0.5", "answer_not_a_number"),
    ("0" * 101, "answer_not_a_number"),
    ("1e400", "answer_out_of_range"),
    ("-1e400", "answer_out_of_range"),
    ("1e999999999", "answer_out_of_range"),
    ("-0.1", "answer_out_of_range"),
    ("1.0000000000000002", "answer_out_of_range"),
    ("87.5", "answer_out_of_range"),
    ("1,5", "answer_out_of_range"),
    ("101%", "answer_out_of_range"),
    ("-50%", "answer_out_of_range"),
    ("1,000", "answer_ambiguous"),
    ("1,000,000", "answer_ambiguous"),
    ("0.5%", "answer_ambiguous"),
    ("0,9%", "answer_ambiguous"),
    ("١,٠٠٠", "answer_ambiguous"),
    ("NaN", "answer_unclear"),
    ("N/A", "answer_unclear"),
    ("-", "answer_unclear"),
    ("–", "answer_unclear"),
    ("None", "answer_unclear"),
    ("#REF!", "answer_unclear"),
    ("0.٥", "answer_mixed_digits"),
    ("٠٫۵", "answer_mixed_digits"),
    ("0٫5", "answer_mixed_digits"),
]


@pytest.mark.parametrize(("text", "value", "code"), TAKEN)
def test_numbers_that_are_certain_are_taken(text: str, value: str | None, code: str | None) -> None:
    assert read_number(text) == Reading(value, code)


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_numbers_that_are_not_certain_are_refused(text: str, code: str) -> None:
    assert read_number(text) == Reading(None, code)


@given(st.floats(0, 1))
def test_every_number_is_kept_exactly(value: float) -> None:
    kept = read_number(repr(value)).value
    assert kept is not None
    assert float(kept) == value


@given(st.text())
def test_no_text_is_read_as_a_number_outside_the_scale(text: str) -> None:
    reading = read_number(text)
    assert reading.value is None or 0 <= float(reading.value) <= 1


@pytest.mark.parametrize(
    ("text", "allows_partial", "reading"),
    [
        ("yes", True, Reading("yes")),
        ("partial", True, Reading("partial")),
        ("no", False, Reading("no")),
        ("", False, Reading(None)),
        ("Yes", True, Reading("yes", "answer_case")),
        ("partial", False, Reading(None, "partial_not_allowed")),
        ("oui", True, Reading(None, "answer_not_in_list")),
        ("1", True, Reading(None, "answer_not_in_list")),
        ("true", True, Reading(None, "answer_not_in_list")),
        ("n/a", True, Reading(None, "answer_unclear")),
    ],
)
def test_choices(text: str, allows_partial: bool, reading: Reading) -> None:
    assert read_choice(text, allows_partial=allows_partial) == reading


@pytest.mark.parametrize(
    ("text", "value"),
    [("98.06", 98.06), ("-3", -3.0), ("1e3", 1000.0), ("1e400", None), ("1,5", None), ("NaN", None), ("", None)],
)
def test_exact_numbers(text: str, value: float | None) -> None:
    assert exact_number(text) == value
