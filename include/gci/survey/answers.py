"""One answer as written → the answer as it is kept, or the code of what is wrong with it.

What can be read in one way only is taken, with a warning where it is not written as the form asks; the rest is
refused. Nothing is ever rescaled or guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gci.readers.invisible import visible
from gci.readers.numbers import DECIMAL, LONGEST, exact_number

CHOICES = ("yes", "partial", "no")

# Texts that may mean "not answered" or "no such measure".
_UNCLEAR = {
    *("n/a", "na", "n.a.", "n.a", "null", "none", "nil", "nan", "-", "--", "---", "–", "—", ".", "..", "…", "?", "x"),
    *("#n/a", "#na", "#value!", "#ref!", "#div/0!", "#name?", "#null!", "#num!", "unknown", "missing", "tbd", "tbc"),
    *("no data", "no answer", "not applicable", "not available"),
}

_SHARE = re.compile(r"[+-]?(\d+(?:[.,]\d*)?|[.,]\d+)\s*%", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)  # 1,000 is a thousand to some and one to others
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " "})
_SIGNS = str.maketrans({"٫": ".", "．": ".", "，": ",", "٪": "%", "％": "%"})


@dataclass(frozen=True)
class Reading:
    """How an answer was read.

    Attributes:
        value: the answer as it is kept; None when there is none.
        code: the problem, a warning where there is a value and an error where there is none; None when all is well.
    """

    value: str | None
    code: str | None = None


UNANSWERED = Reading(None)


def read_number(text: str) -> Reading:
    """An answer from 0 to 1, kept as the shortest decimal of the double nearest to it."""
    text = visible(text).translate(_BLANKS).strip()
    if not text:
        return UNANSWERED
    if text.casefold() in _UNCLEAR:
        return Reading(None, "answer_unclear")
    if len(text) > LONGEST:
        return Reading(None, "answer_not_a_number")
    if text.isascii():
        return _number(text)
    plain, scripts = _with_ascii_digits(text)
    reading = _number(plain)
    if reading.value is None and reading.code == "answer_not_a_number":
        return reading
    if scripts != 1:
        return Reading(None, "answer_mixed_digits")
    return reading if reading.value is None else Reading(reading.value, "answer_other_digits")


def read_choice(text: str, *, allows_partial: bool, labels: Mapping[str, str] | None = None) -> Reading:
    """An answer of the list yes, partial, no, by its code or, where the form shows labels, by `labels` (casefolded)."""
    text = visible(text).translate(_BLANKS).strip()
    if not text:
        return UNANSWERED
    low = text.casefold()
    if labels and (code := labels.get(low)) is not None:
        text = low = code
    if low not in CHOICES:
        return Reading(None, "answer_unclear" if low in _UNCLEAR else "answer_not_in_list")
    if low == "partial" and not allows_partial:
        return Reading(None, "partial_not_allowed")
    return Reading(low, None if text == low else "answer_case")


def _number(text: str) -> Reading:
    """The same as `read_number`, for text with ASCII digits that is not empty."""
    if DECIMAL.fullmatch(text):
        if abs(float(text)) == float("inf"):
            return Reading(None, "answer_out_of_range")
        value = exact_number(text)
        code = "answer_minus_zero" if value == 0 and text.startswith("-") else None
        return Reading(None, "answer_not_a_number") if value is None else _in_range(value, code)
    if share := _SHARE.fullmatch(text):
        return _share(text, share.group(1))
    if _THOUSANDS.fullmatch(text):
        return Reading(None, "answer_ambiguous")
    if _DECIMAL_COMMA.fullmatch(text):
        return _in_range(float(text.replace(",", ".")), "answer_decimal_comma")
    return Reading(None, "answer_not_a_number")


def _share(text: str, number: str) -> Reading:
    """An answer in percent. Below one percent it is as likely a share with a sign too many: refused."""
    percent = Decimal(number.replace(",", "."))
    if text.startswith("-") and percent:
        return Reading(None, "answer_out_of_range")
    if _THOUSANDS.fullmatch(number) or 0 < percent < 1:
        return Reading(None, "answer_ambiguous")
    return _in_range(float(percent / 100), "answer_percent")


def _in_range(value: float, code: str | None) -> Reading:
    if not 0 <= value <= 1:
        return Reading(None, "answer_out_of_range")
    return Reading(repr(value + 0.0 if value else 0.0), code)


def _with_ascii_digits(text: str) -> tuple[str, int]:
    """The text with all digits as 0–9 and the signs of other scripts as ASCII, and how many scripts gave digits.

    Signs of another script beside ASCII digits count as a script of their own.
    """
    plain, zeros = "", set()
    for char in text:
        digit = unicodedata.decimal(char, None)
        if digit is None:
            plain += char
        else:
            plain += str(digit)
            zeros.add(ord(char) - digit)
    if zeros == {ord("0")}:
        zeros.add(-1)
    return plain.translate(_SIGNS), len(zeros)
