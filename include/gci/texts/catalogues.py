"""Texts in a language, from its catalogue: with their {places} filled, and in the number that the language has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).with_name("locale")


def marked(text: str) -> str:
    """A text that is told elsewhere, in a language that is known there: the catalogues have it, as it stands here."""
    return text


@dataclass(frozen=True)
class Translator:
    """Says texts in a language; what the catalogue lacks, in English.

    The names are those of gettext. Where values are given they fill the {places} of the text; without values a text is
    given as it stands. In texts with a number it fills the place {num}, unless another value is given for that.

    Attributes:
        language: en, fr, es, ar, zh or ru; any other one says everything in English.
    """

    language: str

    def gettext(self, text: str, /, **values: object) -> str:
        """A text."""
        return _filled(self.said(text), values)

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """A text that other languages word otherwise where it stands elsewhere; `context` says where it stands."""
        return _filled(self.said(text, context=context), values)

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A text with a number, in the form that the language has for it."""
        return _filled(self.said(one, many, number), {"num": number} | values)

    def said(self, text: str, many: str | None = None, number: int = 1, context: str | None = None) -> str:
        """A text with its {places} as they are."""
        known = _catalogue(self.language)
        if many is not None:
            return known.ngettext(text, many, number)
        return known.gettext(text) if context is None else known.upgettext(context, text)


def translator(language: str) -> Translator:
    """The translator of a language."""
    return Translator(language)


@cache
def translated(language: str) -> frozenset[str]:
    """The English texts, of those without a context, that a language's catalogue has in the language."""
    return frozenset(_key(one) for one in _messages(language) if _is_there(one) and not one.context)


@cache
def untranslated(language: str) -> tuple[str, ...]:
    """The texts of a language's catalogue that nobody has translated yet, as they read in English."""
    return tuple(_key(one) for one in _messages(language) if not _is_there(one))


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format_map(values) if values else text


def _messages(language: str) -> Iterator[Message]:
    """The texts of a catalogue. English has none."""
    file = CATALOGUES / f"{language}.po"
    if file.is_file():
        with file.open("rb") as lines:
            yield from (one for one in read_po(lines, locale=language) if one.id)


def _key(one: Message) -> str:
    return one.id if isinstance(one.id, str) else str(one.id[0])


def _is_there(one: Message) -> bool:
    return bool(one.string) if isinstance(one.string, str) else all(one.string or ("",))


@cache
def _catalogue(language: str) -> NullTranslations:
    file = CATALOGUES / f"{language}.po"
    if language == "en" or not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return Translations(compiled)
