"""What the pages say, in the languages of the United Nations: gettext catalogues, numbers and dates by the CLDR."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern
from babel.support import NullTranslations, Translations

from gci.reference.labels import RIGHT_TO_LEFT

_CATALOGUES = Path(__file__).with_name("locale")


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; what it lacks reads in English. English needs none."""
    file = _CATALOGUES / f"{language}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def translated(language: str) -> frozenset[str]:
    """The English texts that a language's catalogue has in the language."""
    return frozenset(key for key, is_there in _entries(language) if is_there)


@cache
def untranslated(language: str) -> tuple[str, ...]:
    """The texts of a language's catalogue that nobody has translated yet, as they read in English."""
    return tuple(key for key, is_there in _entries(language) if not is_there)


def _entries(language: str) -> Iterator[tuple[str, bool]]:
    """The texts of a catalogue in English, and whether each is there in the language. English has none."""
    file = _CATALOGUES / f"{language}.po"
    if language == "en" or not file.is_file():
        return
    with file.open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    for one in catalogue:
        if one.id:
            there = one.string if isinstance(one.string, str) else all(one.string or ("",))
            yield one.id if isinstance(one.id, str) else one.id[0], bool(there)


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
