"""The workbook of a state: what stands where, what is locked, and that it is the same every time."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from gci.reference import seeds
from gci.reference.labels import LANGUAGES, answer_labels, concept_labels, question_texts
from gci.survey.form.filling import Filling, prefilled
from gci.survey.form.form import form
from gci.survey.form.previous import Given, Previous, previous
from gci.survey.form.workbook import workbook
from gci.survey.words import words

FORM = form("2026")
ITEMS = seeds.items("2026")
CODES = [
    "item",
    "number",
    "question",
    "help",
    "evidence_required",
    "answer",
    "evidence_url",
    "comment",
    "status",
    "previous",
]


def opened(language: str = "en", filling: Filling | None = None, iso3: str = "EST") -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(FORM, iso3, language, filling or Filling())))


def pillar_sheets(book: Any) -> list[Any]:
    return [sheet for sheet in book.worksheets if sheet["A1"].value == "item"]


def rows(book: Any) -> dict[str, dict[str, Any]]:
    """Every cell of a question's row by the code of its column, by the code of the question."""
    found = {}
    for sheet in pillar_sheets(book):
        codes = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value:
                found[row[0].value] = dict(zip(codes, row, strict=True))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_per_pillar_asks_every_question_in_the_language(language):
    book = opened(language)
    said = words(language)
    assert book.sheetnames == [said.cover, *(said.sheets[one.node.node] for one in FORM.pillars), "_lists", "_form"]
    found = rows(book)
    assert list(found) == list(ITEMS)
    for code, cells in found.items():
        assert list(cells) == CODES
        text = question_texts("2026", language)[code]
        assert (cells["question"].value, cells["help"].value) == (text.text, text.help)
        assert cells["evidence_required"].value == (said.is_required if ITEMS[code].evidence_required else "") or (
            cells["evidence_required"].value is None and not ITEMS[code].evidence_required
        )
        assert (cells["answer"].value, cells["evidence_url"].value, cells["comment"].value) == (None, None, None)
    headings = {cell.value for sheet in pillar_sheets(book) for cell in sheet["C"]}
    indicators = [node for node in seeds.framework("2026").values() if node.level == "indicator"]
    assert {concept_labels(language)[node.concept] for node in indicators} <= headings


def test_codes_are_hidden_and_what_readers_need_stands_on_hidden_sheets():
    book = opened("fr", iso3="TCD")
    for sheet in pillar_sheets(book):
        assert sheet.row_dimensions[1].hidden
        assert sheet.column_dimensions["A"].hidden
    assert book["_form"].sheet_state == "veryHidden"
    assert dict(book["_form"].iter_rows(values_only=True)) == {
        "schema": "gci-questionnaire/1",
        "edition": "2026",
        "iso3": "TCD",
        "language": "fr",
        "form_version": "2026v2",
    }
    assert book["_lists"].sheet_state == "hidden"
    labels = answer_labels("fr")
    assert [row[0] for row in book["_lists"].iter_rows(values_only=True)] == list(labels.values())


def test_what_is_made_up_says_so():
    book = opened(filling=Filling(synthetic=True))
    assert dict(book["_form"].iter_rows(values_only=True))["synthetic"] == "true"


def test_only_answers_evidence_comments_and_who_answers_can_be_filled_in():
    book = opened("ar")
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    for cells in rows(book).values():
        open_cells = {code for code, cell in cells.items() if not cell.protection.locked}
        assert open_cells == {"answer", "evidence_url", "comment"}
    unlocked = [
        cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ]
    of_the_respondent = [cell for cell in unlocked if cell.parent is book.worksheets[0]]
    assert len(of_the_respondent) == 5 * 4  # name, position, e-mail, date, sign-off, each over four columns
    assert len(unlocked) - len(of_the_respondent) == 3 * len(ITEMS)


def test_answers_are_chosen_from_the_list_that_the_question_allows():
    book = opened("ru")
    lists = {}
    for sheet in pillar_sheets(book):
        for one in sheet.data_validations.dataValidation:
            if one.type == "list":
                (cell,) = str(one.sqref).split()
                lists[sheet[f"A{cell[1:]}"].value] = (one.formula1, one.prompt)
    assert lists.keys() == ITEMS.keys()
    for code, (source, prompt) in lists.items():
        assert source == ("_lists!$A$1:$A$3" if ITEMS[code].allows_partial else "_lists!$B$1:$B$2")
        assert prompt == question_texts("2026", "ru")[code].help
    assert [row[1] for row in book["_lists"].iter_rows(values_only=True)] == ["Да", "Нет", None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_run_from_right_to_left_in_arabic_alone(language):
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in opened(language).worksheets} == {language == "ar"}


def test_scores_of_the_edition_before_stand_beside_their_indicator(of_indicators):
    before = previous(FORM, of_indicators)["EST"]
    book = opened(filling=prefilled(FORM, before))
    shown = [cell.value for sheet in pillar_sheets(book) for cell in sheet["J"][3:] if cell.value]
    assert shown == ["2024: score 0.88 of 1"]
    assert all(cells["answer"].value is None for cells in rows(book).values())


def test_answers_of_the_edition_before_are_filled_in_as_texts(of_questions):
    before = previous(FORM, of_questions)["EST"]
    cells = rows(opened("es", prefilled(FORM, before)))
    assert (cells["ls1.1"]["answer"].value, cells["ls1.1"]["evidence_url"].value) == ("Sí", "https://example.int/act")
    comment = cells["ls1.1"]["comment"]
    assert (comment.value, comment.data_type, comment.hyperlink) == ("=cmd|'/c calc'!A1", "s", None)
    assert cells["ls1.1"]["previous"].value == "2025: Sí"
    assert (cells["ls2.2"]["answer"].value, cells["ls2.2"]["comment"].value) == ("Parcialmente", "since 2019")
    # Partial is no answer to ls1.3 any more: it is shown, not filled in.
    assert (cells["ls1.3"]["answer"].value, cells["ls1.3"]["previous"].value) == (None, "2025: Parcialmente")
    assert not cells["ls1.1"]["answer"].protection.locked


def test_nothing_is_shown_of_before_where_nothing_is_known():
    for sheet in pillar_sheets(opened()):
        assert sheet.column_dimensions["J"].hidden
    known = opened(filling=Filling(previous=Previous("2024", {"national_cirt": 1.0})))
    assert not any(sheet.column_dimensions["J"].hidden for sheet in pillar_sheets(known))


def test_the_same_questionnaire_has_the_same_bytes_and_another_has_others():
    filling = Filling({"ls1.1": Given("yes", "https://example.int", "x")})
    assert workbook(FORM, "EST", "en", filling) == workbook(FORM, "EST", "en", filling)
    assert workbook(FORM, "EST", "en", filling) != workbook(FORM, "FIN", "en", filling)


def test_a_comment_longer_than_a_cell_is_left_out_rather_than_cut():
    cells = rows(
        opened(filling=Filling({"ls1.1": Given("yes", None, "x" * 32_768), "ls1.2": Given("no", None, "y" * 32_767)}))
    )
    assert cells["ls1.1"]["comment"].value is None
    assert len(cells["ls1.2"]["comment"].value) == 32_767
