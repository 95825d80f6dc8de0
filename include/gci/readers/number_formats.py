"""Number formats of a workbook: what a number is shown as, and the day or time that it is where it is shown as one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

GENERAL = "General"
_KNOWN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "hh:mm:ss"),
    22: "yyyy-mm-dd hh:mm",
    46: "[h]:mm:ss",
}
_NO_PART_OF_IT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|Standard', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_PARTS = re.compile(
    r'(?:^|(?<=;))((?:"[^"]*"|\\.|_.|\*.|[^;"\\])*)(?=;|$)', re.DOTALL
)  # for numbers above, below, at 0; texts
_ALL_PARTS = 4
_PLACE = re.compile(r"[0#?@dmyhsgeb]|General|Standard", re.IGNORECASE)  # where a number, a day or a text stands
_OTHER_NUMBER = re.compile(r'["\\][<>≤≥~±]|[0#?]["\\]\d')  # a sign before the number, or digits behind it
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last digit
_EXPONENT = re.compile(r"E[+-]", re.IGNORECASE)  # `e` alone is the year of an era
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LAST_DAY = 2_958_466  # the year 10000
_DAY = 86_400_000  # milliseconds


def known_format(number: str) -> str:
    """The format that a number stands for in every workbook; General for one that stands for none."""
    return _KNOWN.get(int(number), GENERAL) if number.isdecimal() and len(number) < 9 else GENERAL


def is_percent(shown_as: str) -> bool:
    """Whether a number of this format is shown a hundred times as large, with a percent sign."""
    return "%" in _NO_PART_OF_IT.sub("", shown_as)


def is_scaled(shown_as: str) -> bool:
    """Whether a number of this format is shown divided by a thousand, or by several: `0,` or `0.0,,"M"`."""
    return bool(_SCALED.search(_NO_PART_OF_IT.sub("", shown_as)))


def shows_other(shown_as: str, value: object) -> bool:
    """Whether a text or a number of this format is shown as something else, or as nothing: `;;;`, `0;-0;"n/a"`, `"<"0`.

    A zero that is shown as a dash or not at all is a way to write zeros.
    """
    if shown_as == GENERAL or isinstance(value, bool) or not isinstance(value, str | float) or "[" in shown_as:
        return False
    parts = _PARTS.findall(shown_as)
    if isinstance(value, str):
        return len(parts) == _ALL_PARTS and "@" not in _NO_PART_OF_IT.sub("", parts[-1])
    place = 0 if value > 0 or len(parts) < 2 else 1 if value < 0 else 2
    part = parts[place] if place < len(parts) else parts[0]
    if _PLACE.search(_QUOTED.sub("", part)):
        return bool(_OTHER_NUMBER.search(part))
    return value != 0 or any(map(str.isalnum, part))


def is_moment(shown_as: str) -> bool:
    """Whether a number of this format is shown as a day or a time."""
    first = _NO_PART_OF_IT.sub("", shown_as).partition(";")[0]
    letters = _EXPONENT.sub("", _ELAPSED.sub("h", first))
    return bool(re.search(r"[dmyhsgeb]", letters, re.IGNORECASE)) and "#" not in first


def moment_of(value: float, shown_as: str, since_1904: bool) -> date | time | timedelta | float:
    """The day, moment, time of day or duration that a number is shown as; the number itself where there is none."""
    if _ELAPSED.search(_NO_PART_OF_IT.sub("", shown_as)):
        return timedelta(milliseconds=round(value * _DAY)) if abs(value) < _LAST_DAY else value
    if not 0 <= value < _LAST_DAY:
        return value
    if value < 1:
        return (datetime(1900, 1, 1) + timedelta(milliseconds=round(value * _DAY) % _DAY)).time()  # noqa: DTZ001
    if since_1904:
        first = datetime(1904, 1, 1)  # noqa: DTZ001 - workbooks know no zones
    elif value < 60:
        first = datetime(1899, 12, 31)  # noqa: DTZ001
    else:  # the 29th of February 1900, which never was, is counted
        first = datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        moment = first + timedelta(milliseconds=round(value * _DAY))
    except OverflowError:
        return value
    return moment.date() if moment.time() == time() else moment
