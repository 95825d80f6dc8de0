"""How pages write numbers and days, by the CLDR, and in which direction they are read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from gci.reference.labels import RIGHT_TO_LEFT


def direction(language: str) -> str:
    """In which direction a page of a language is read: `rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def number(value: float, digits: int, language: str) -> str:
    """A number as a language writes it, rounded to so many decimals, with European digits everywhere.

    Readers copy figures from the page; the digits of the tables are the digits of the file.
    """
    return _number(_rounded(value, digits), digits, language)


def day(value: str | date | datetime, language: str) -> str:
    """A day as a language writes it; a moment as ISO 8601 text counts as its day in UTC."""
    there = value if isinstance(value, date) else datetime.fromisoformat(value)
    return format_date(there, "long", locale=_locale(language))


@lru_cache(maxsize=100_000)  # the means of a region stand on the page of each of its states
def _number(value: float, digits: int, language: str) -> str:
    shown: str = _pattern(digits).apply(Decimal(repr(value)), _locale(language), numbering_system="latn")
    return shown


@cache
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + (f".{'0' * digits}" if digits else ""))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def _rounded(value: float, digits: int) -> float:
    """Rounded, and never a negative zero."""
    return round(value, digits) + 0.0
