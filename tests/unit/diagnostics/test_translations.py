"""What a sender can be told is told in six languages, with the same values in the same sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from faults.case_files import cases
from gci.diagnostics.messages import Counted, Phrase, span
from gci.diagnostics.problems import Report, catalogue
from gci.reference.labels import LANGUAGES
from gci.texts import translator

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


def test_every_problem_of_a_return_is_told_to_its_sender() -> None:
    assert {code for code in codes_of_returns() if catalogue()[code].reader != "sender"} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_sender_is_told_is_another_text_in_another_language(language: str) -> None:
    say = translator(language)
    for code, kind in catalogue().items():
        if kind.reader == "sender":
            assert say.pgettext(code, kind.text) != kind.text, code
            assert say.pgettext(code, kind.do) != kind.do, code


def test_a_problem_is_told_in_the_language_that_the_file_says_after_it_was_found() -> None:
    report = Report()
    report.add("cell_empty", found="“item”", rows=span([2, 3]))
    report.language = "fr"
    assert report.problems[0].message == "La colonne “item” est vide (lignes 2–3). Remplissez-la."
    report.language = "ru"
    assert "строки 2–3" in report.problems[0].message


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 1, "1 byte"),
        ("fr", 1, "1 octet"),
        ("ru", 2, "2 байта"),
        ("ru", 21, "21 байт"),
        ("ar", 5, "5 بايتات"),
    ],
)
def test_numbers_of_things_have_the_form_of_the_language(language: str, count: int, told: str) -> None:
    assert Counted("{num} byte", "{num} bytes", count).said(language) == told


def test_twenty_one_rows_are_rows() -> None:
    assert span(range(2, 23)).said("ru") == "строки 2–22"


def test_parts_of_a_message_are_told_in_its_language() -> None:
    report = Report("es")
    report.add("unknown_suffix", found=Phrase("no suffix"), known=".csv")
    assert "ninguna extensión" in report.problems[0].message
