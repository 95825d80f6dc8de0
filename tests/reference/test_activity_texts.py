"""The 25 activities in six languages, and what each of them must not lose of the document that they come from."""

from __future__ import annotations

import csv
import unicodedata

import pytest

from gci.core.paths import SEEDS
from gci.reference.labels import LANGUAGES

SCRIPTS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC"}
# Of Council document C21/82: who acts, with whom, on what.
KEPT = {
    "1.a": ("mandate of ITU", "all stakeholders"),
    "1.b": ("With partners", "understand the legal aspects"),
    "1.c": ("case studies", "good practice", "national, regional and international"),
    "1.d": ("programme as a platform",),
    "2.a": ("Clarify first",),
    "2.c": ("whole life cycle",),
    "2.d": ("participate in standardization",),
    "3.a": ("other technical units",),
    "3.c": ("institutional commitment of member states",),
    "4.b": ("With partners",),
    "4.c": ("With partners",),
    "4.g": ("capacity and awareness",),
    "4.h": ("Promote the identification of research", "emerging technologies above all"),
    "4.i": ("With members, industry and others", "culture of cybersecurity"),
    "5.d": ("Support the Secretariat of the United Nations",),
}
LOST = {"1.b": "draft", "2.c": "end to end"}


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    return {(row["activity"], row["language"]): row["text"] for row in rows("labels/seed_activity_texts.csv")}


def test_every_activity_has_a_wording_in_six_languages(texts):
    activities = [row["activity"] for row in rows("seed_gca_activities.csv")]
    assert len(activities) == 25
    assert list(texts) == [(activity, language) for activity in activities for language in LANGUAGES]
    assert len(set(texts.values())) == len(texts)
    assert all(text.endswith("。" if language == "zh" else ".") for (_, language), text in texts.items())


def test_the_english_wording_is_that_of_the_table(texts):
    assert {row["activity"]: row["asks_en"] for row in rows("seed_gca_activities.csv")} == {
        activity: text for (activity, language), text in texts.items() if language == "en"
    }


def test_each_is_in_the_script_of_its_language(texts):
    for (_, language), text in texts.items():
        letters = [sign for sign in text.replace("COP", "") if sign.isalpha()]
        assert {sign for sign in letters if SCRIPTS[language] not in unicodedata.name(sign)} == set(), text


@pytest.mark.parametrize("activity", KEPT)
def test_a_wording_keeps_what_the_document_says(texts, activity):
    assert all(said in texts[activity, "en"] for said in KEPT[activity])
    assert LOST.get(activity, "\0") not in texts[activity, "en"]
