"""What people read in six languages: every text is in every catalogue, whole, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from gci.reference.labels import LANGUAGES
from gci.texts import translator
from gci.texts.catalogues import CATALOGUES
from gci.texts.extract import brought_to, texts

OTHERS = [code for code in LANGUAGES if code != "en"]
OTHER_STYLES = re.compile(r"%\(\w+\)|\$\w|%s")
every_language = pytest.mark.parametrize("language", OTHERS)


@cache
def wanted() -> Catalog:
    return texts()


def entries(language: str) -> Iterator[Message]:
    with (CATALOGUES / f"{language}.po").open("rb") as lines:
        yield from (one for one in read_po(lines, locale=language) if one.id)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_is_a_catalogue_for_each_language_and_no_other() -> None:
    assert sorted(path.stem for path in CATALOGUES.iterdir()) == sorted(OTHERS)


@every_language
def test_a_catalogue_has_every_text_and_no_other_byte_for_byte_as_it_is_extracted(language: str) -> None:
    assert (CATALOGUES / f"{language}.po").read_text("utf-8") == brought_to(wanted(), language), "make texts"


@every_language
def test_every_text_is_translated(language: str) -> None:
    for one in entries(language):
        assert all([one.string] if isinstance(one.string, str) else one.string), one.id


@every_language
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    for one in entries(language):
        single, many = (one.id, one.id) if isinstance(one.id, str) else one.id
        for text in [one.string] if isinstance(one.string, str) else one.string:
            assert places(text) == places(many) == places(single), one.id


@every_language
def test_places_are_written_in_one_way(language: str) -> None:
    for one in entries(language):
        for text in (one.id, one.string):
            assert not OTHER_STYLES.search(text if isinstance(text, str) else " ".join(text)), one.id


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("ar", 0, "لا دول أعضاء (0)"),
        ("ar", 1, "دولة عضو واحدة (1)"),
        ("ar", 2, "دولتان عضوان (2)"),
        ("ar", 3, "3 دول أعضاء"),
        ("ar", 11, "11 دولة عضوًا"),
        ("ar", 101, "101 دولة عضو"),
        ("ru", 0, "0 государств-членов"),
        ("ru", 1, "1 государство-член"),
        ("ru", 2, "2 государства-члена"),
        ("ru", 3, "3 государства-члена"),
        ("ru", 11, "11 государств-членов"),
        ("ru", 101, "101 государство-член"),
        ("zh", 2, "2个成员国"),
        ("fr", 0, "0 État membre"),
        ("en", 0, "0 member states"),
        ("en", 1, "1 member state"),
    ],
)
def test_plurals_are_those_of_the_language(language: str, count: int, told: str) -> None:
    assert translator(language).ngettext("{num} member state", "{num} member states", count) == told


def test_a_value_with_braces_is_no_place() -> None:
    assert translator("fr").gettext("Activity {code}", code="{0}{code}") == "Activité {0}{code}"
