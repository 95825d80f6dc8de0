"""Labels are whole in all six languages, each in its own script, and say the same about partial answers."""

from __future__ import annotations

import re
import unicodedata

import pytest

from gci.core.errors import WrongUsage
from gci.reference import seeds
from gci.reference.labels import LANGUAGES, answer_labels, concept_labels, question_texts
from gci.survey.words import words

SCRIPTS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC"}
# Names and addresses that every language writes in Latin letters.
LATIN_EVERYWHERE = re.compile(r"\b[\u0621-\u064a]?(CIRT|CERT|CSIRT|FIRST|https?)\b|\{\w+\}")
ASKING = [name for name, edition in seeds.editions().items() if edition.item_level == "question"]


def texts(language: str) -> list[str]:
    """Every text of a language: labels, questions, help, and what stands beside them."""
    said = words(language)
    beside = [value for value in vars(said).values() if isinstance(value, str)]
    asked = [
        text for edition in ASKING for one in question_texts(edition, language).values() for text in vars(one).values()
    ]
    labels = [*answer_labels(language).values(), *concept_labels(language).values()]
    return [*beside, *said.sheets.values(), *said.instructions, *labels, *asked]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pillar_indicator_question_and_answer_has_its_text(language):
    concepts = {
        node.concept for name in seeds.editions() for node in seeds.framework(name).values() if node.level != "question"
    }
    assert concept_labels(language).keys() == concepts
    assert set(answer_labels(language)) == {"yes", "partial", "no"}
    for edition in ASKING:
        assert question_texts(edition, language).keys() == seeds.items(edition).keys()
    assert all(text.strip() == text and text for text in texts(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_the_script_of_their_language(language):
    for text in texts(language):
        letters = [sign for sign in LATIN_EVERYWHERE.sub("", text) if sign.isalpha()]
        odd = {sign for sign in letters if SCRIPTS[language] not in unicodedata.name(sign)}
        # º of the Spanish N.º is a letter by itself.
        assert odd - {"º"} == set(), text


def test_no_question_reads_the_same_in_two_languages():
    for edition in ASKING:
        for question in seeds.items(edition):
            asked = [question_texts(edition, language)[question].text for language in LANGUAGES]
            assert len(set(asked)) == len(LANGUAGES), question


def test_no_two_questions_of_a_language_are_the_same():
    for edition in ASKING:
        for language in LANGUAGES:
            asked = [one.text for one in question_texts(edition, language).values()]
            assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_explains_partial_exactly_where_it_is_allowed(language):
    partial = answer_labels(language)["partial"]
    for edition in ASKING:
        for code, text in question_texts(edition, language).items():
            explained = re.search(rf"{partial}\s?[:：]", text.help) is not None
            assert explained == seeds.items(edition)[code].allows_partial, (code, text.help)


# Words for what is not there yet, none of which may stand in a help: partial_rule says once what a draft counts.
NOT_YET = {
    "en": r"draft|prepar|under way|planned",
    "fr": r"\bprojet\b|préparation|en cours\b(?! des)|demande",
    "es": r"\bproyecto\b|borrador|preparación|trámite|solicitud",
    "ar": r"مشروع|قيد",
    "zh": r"草案|拟定|正在|申请",
    "ru": r"\bпроект\b|законопроект|готовится|подготовлен|заявка",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_draft_counts_is_said_once(language):
    assert re.search(NOT_YET[language], words(language).partial_rule)
    for edition in ASKING:
        odd = {
            code for code, one in question_texts(edition, language).items() if re.search(NOT_YET[language], one.help)
        }
        assert odd == set()


# What a question must say in a language, and what would change its sense.
SENSE = [
    ("os1.5", "ru", "ни разу не опробован", "или не принят"),
    ("cds5.2", "zh", "网络安全保险", "网络保险"),
    ("ts3.4", "ar", "منح الشهادات", "لاعتماد"),
    ("cds3.4", "ar", "درجات علمية", "شهادات"),
    ("cds3.2", "ar", "الإعدادية والثانوية", "جامع"),
    ("ls1.6", "ar", "المضايقة", "التحرش"),
    ("ls1.6", "ru", "преследование", "травл"),
    ("cds6.2", "en", "at public expense", "paid"),
    ("cds6.2", "zh", "公费", "带薪"),
    ("ls1.5", "ru", "личности другого", "личных данных"),
    ("ls2.2", "es", "violaciones de la seguridad de los datos", "violaciones de datos"),
    ("ls2.2", "zh", "侵害个人数据安全", "泄露"),
    ("ls2.2", "ru", "нарушениях безопасности", "утечк"),
    ("cds1.1", "ar", "محلية", "إقليمية"),
    ("cds4.1", "ar", "حكومية", "برامج عامة"),
    ("cds1.6", "ru", "лиц с инвалидностью", "ограниченными"),
    ("cds1.8", "es", "padres", "familias"),
    ("os4.4", "es", "padres", "familias"),
    ("cds4.3", "en", "both with industry and with other countries", "or with"),
    ("ts2.2", "en", "all critical sectors", "half"),
    ("cds1.2", "en", "micro, small and medium-sized", "nothing"),
]


@pytest.mark.parametrize(("code", "language", "said", "lost"), SENSE)
def test_a_question_keeps_its_sense(code, language, said, lost):
    one = question_texts("2026", language)[code]
    assert said in f"{one.text} {one.help}"
    assert lost not in f"{one.text} {one.help}"


def test_the_chinese_form_calls_an_edition_and_what_counts_by_their_names():
    said = words("zh")
    assert (said.edition, said.previous, said.help) == ("届", "上一届", "认定标准")


def test_an_address_stays_in_one_piece_in_arabic():
    said = words("ar")
    for text in (*said.instructions, said.link_wrong):
        assert not re.search("(?<!\u2066)https?://", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_ends_as_one(language):
    for edition in ASKING:
        assert all(re.search(r"[?？؟]$", one.text) for one in question_texts(edition, language).values())


def test_english_labels_are_those_of_the_frameworks():
    for name in seeds.editions():
        for node in seeds.framework(name).values():
            if node.level != "question":
                assert concept_labels("en")[node.concept] == node.label_en


def test_every_language_has_as_many_instructions_and_the_same_placeholders():
    for language in LANGUAGES:
        said, english = words(language), words("en")
        assert len(said.instructions) == len(english.instructions)
        assert said.sheets.keys() == english.sheets.keys()
        for name in ("indicator_score", "answered_before"):
            assert set(re.findall(r"\{\w+\}", getattr(said, name))) == set(
                re.findall(r"\{\w+\}", getattr(english, name))
            )


def test_an_unknown_language_is_named_with_the_known_ones():
    for ask in (answer_labels, concept_labels, words, lambda code: question_texts("2026", code)):
        with pytest.raises(WrongUsage, match=r"no language 'de'.*en, fr, es, ar, zh, ru"):
            ask("de")
