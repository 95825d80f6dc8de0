"""What a sender can be told is told in six languages, with the same values in the same sentence."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest
import yaml

from faults.case_files import cases
from gci.diagnostics.messages import Phrase, span
from gci.diagnostics.problems import TRANSLATIONS, Report, catalogue, translations
from gci.reference.labels import LANGUAGES

GCI = Path(__file__).parents[3] / "include" / "gci"
OF_RETURNS = ["about", "answers", "keys", "returns", "reviews", "texts"]
OTHERS = [language for language in LANGUAGES if language != "en"]


def codes_of_returns() -> set[str]:
    """The codes that a return or review can raise: all that a case of one has, and all that the rules on them name."""
    modules = [GCI / "survey" / f"{name}.py" for name in OF_RETURNS] + sorted((GCI / "survey" / "formats").glob("*.py"))
    trees = [ast.parse(path.read_text("utf-8")) for path in modules]
    named = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    sent = [case for case in cases() if case.kind != "partners"]
    met = {code for case in sent for code, _, _ in case.problems}
    met |= {problem["code"] for case in sent for one in case.submissions for problem in one["problems"]}
    return met | {code for code in catalogue() if code in named} | {"already_landed"}


def places(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


@pytest.mark.parametrize("language", OTHERS)
def test_every_problem_of_a_return_is_told_in_every_language(language: str) -> None:
    assert codes_of_returns() <= set(translations(language))
    assert set(translations(language)) <= set(catalogue())


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_as_the_english_text(language: str) -> None:
    for code, (text, do) in translations(language).items():
        kind = catalogue()[code]
        assert (places(text), places(do)) == (places(kind.text), places(kind.do)), code
        assert text != kind.text, code


def test_there_is_a_file_for_each_language_and_no_other() -> None:
    assert sorted(path.stem for path in TRANSLATIONS.iterdir()) == sorted(OTHERS)


def test_phrases_are_in_every_language() -> None:
    phrases = yaml.safe_load((GCI / "diagnostics" / "phrases.yml").read_text("utf-8"))
    for name, words in phrases.items():
        assert set(words) == set(LANGUAGES), name
        assert {language: text.count("$") for language, text in words.items()} == dict.fromkeys(
            words, words["en"].count("$")
        ), name


def test_a_problem_is_told_in_the_language_that_the_file_says_after_it_was_found() -> None:
    report = Report()
    report.add("cell_empty", found="“item”", rows=span([2, 3]))
    report.language = "fr"
    assert report.problems[0].message == "La colonne “item” est vide (lignes 2–3). Remplissez-la."
    report.language = "ru"
    assert "строки 2–3" in report.problems[0].message


def test_parts_of_a_message_are_told_in_its_language() -> None:
    report = Report("es")
    report.add("unknown_suffix", found=Phrase("no_suffix"), known=".csv")
    assert "ninguna extensión" in report.problems[0].message
