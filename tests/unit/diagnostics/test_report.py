"""The report for the sender of a refused file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gci.collect.check_file import check_file
from gci.core.records import Problem, Receipt
from gci.diagnostics.report import as_html
from gci.reference.labels import concept_labels
from html_page import Page

HOSTILE = "<img src=x onerror=alert(1)>\"'&"


def receipt() -> Receipt:
    problem = Problem("error", "item_unknown", f"{HOSTILE} is no item. Delete it.", HOSTILE, 7, HOSTILE, HOSTILE)
    return Receipt(
        "0" * 64, "survey", HOSTILE, "refused", "2026-01-05", "2026-01-04", "2024", "EST", problems=(problem,)
    )


def test_texts_of_the_file_stay_texts() -> None:
    page = Page(as_html(receipt()))
    assert "img" not in page.tags
    assert "script" not in page.tags
    assert page.words.count(HOSTILE) >= 5


def test_the_page_loads_nothing() -> None:
    assert Page(as_html(receipt())).loads() == []
    assert Page('<p onclick="x()" style="background: URL(x)"><img src="x">').loads() == [
        "img",
        "src=x",
        "onclick",
        "url(",
    ]


def test_place_and_advice_are_shown() -> None:
    page = Page(as_html(receipt()))
    assert "7" in page.words
    assert "is no item. Delete it." in page.words
    assert "To correct: 1. To know of: 0." in page.words


def test_the_same_receipt_gives_the_same_page() -> None:
    assert as_html(receipt()) == as_html(receipt())


def in_arabic() -> Receipt:
    problem = Problem("error", "formula_cell", "…", "التدابير القانونية", 17, "D", "ls1.1")
    return replace(
        receipt(), language="ar", problems=(problem,), answered=3, items=83, pillars=(("legal", 3, 14),), part="2 (a)"
    )


def test_the_page_is_in_the_language_of_the_return_and_runs_in_its_direction() -> None:
    page = Page(as_html(in_arabic()))
    assert ("lang", "ar") in page.attributes
    assert ("dir", "rtl") in page.attributes
    assert "ما يجب تصحيحه: 1" in page.words
    assert ("dir", "ltr") in Page(as_html(receipt())).attributes


def test_a_cell_of_a_workbook_is_named_as_people_find_it() -> None:
    assert "التدابير القانونية!D17" in Page(as_html(in_arabic())).words


def test_a_partial_return_says_how_complete_each_pillar_is() -> None:
    words = Page(as_html(in_arabic())).words
    assert "3 من 83" in words
    assert "3 من 14" in words
    assert concept_labels("ar")["legal"] in words


def test_a_return_without_a_language_is_answered_in_that_of_its_state(tmp_path: Path) -> None:
    spoken = {}
    for iso3 in ("FRA", "EST", "CHN"):
        file = tmp_path / f"{iso3}.csv"
        file.write_text(f"edition,iso3,item,answer,evidence_url,comment\n2024,{iso3},ls1,5,,\n")
        found = check_file(file).receipt
        spoken[iso3] = (found.language, found.problems[0].message.split()[0])
    assert spoken == {"FRA": ("fr", "La"), "EST": ("en", "The"), "CHN": ("zh", "答案")}
