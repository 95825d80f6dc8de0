"""What the pages say in six languages: nothing is missing, plurals are those of the language, numbers can be copied."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import gci.site
from gci.audit.scenarios import CHOICES
from gci.core.paths import EXPECTATIONS
from gci.gates.suite import load_suite
from gci.reference.labels import LANGUAGES
from gci.reference.seed_files import rows_of, seed_file
from gci.site.codes import MEANINGS
from gci.site.downloads import WHOLE
from gci.site.texts import day, number, translations, untranslated

HOME = Path(gci.site.__file__).parent
OTHERS = [code for code in LANGUAGES if code != "en"]
PLACE = re.compile(r"%\((\w+)\)s")


def _wanted() -> set[str | tuple[str, ...]]:
    """Every text that a page can show, from where it is written."""
    found = extract_from_dir(
        HOME / "templates",
        [("**.jinja", "jinja2")],
        {"**.jinja": {"trim_blocks": "true", "lstrip_blocks": "true"}},
        keywords={"_": None, "ngettext": (1, 2)},
    )
    texts = {message for _, _, message, _, _ in found}
    texts |= {text for meanings in MEANINGS.values() for text in meanings.values() if text != "–"}
    texts |= set(WHOLE.values())
    texts |= {row["label_en"] for row in rows_of(seed_file("states/groups"))}
    return texts | {"All member states", "Overall", "%(low)s to %(high)s", "What partners publish about member states"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    with (HOME / f"locale/{language}.po").open("rb") as lines:
        there = {one.id for one in read_po(lines, locale=language) if one.id}
    assert there == _wanted()
    assert untranslated(language) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_text(language: str) -> None:
    with (HOME / f"locale/{language}.po").open("rb") as lines:
        catalogue = read_po(lines, locale=language)
    for one in catalogue:
        if one.id:
            wanted = set(PLACE.findall(one.id if isinstance(one.id, str) else one.id[1]))
            for text in [one.string] if isinstance(one.string, str) else one.string:
                assert set(PLACE.findall(text)) == wanted, one.id


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
    ],
)
def test_plurals_are_those_of_the_language(language: str, count: int, told: str) -> None:
    text = translations(language).ngettext("%(num)s member state", "%(num)s member states", count)
    assert text % {"num": count} == told


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
