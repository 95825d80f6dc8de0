"""The questionnaire that goes along with a letter: it has only the questions asked, and is read as an addition."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import gci
from gci.casework.asked import questionnaire
from gci.casework.cases import to_ask
from gci.casework.letter import as_text, letter
from gci.collect.check_file import check_file
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.labels import LANGUAGES
from gci.survey.words import words

ENCLOSED = {"en": "enclosed", "fr": "ci-joint", "es": "adjunto", "ar": "المرفق", "zh": "随附", "ru": "приложенной"}
WHOLE = {"en": "whole of it", "fr": "en entier", "es": "completo", "ar": "كاملاً", "zh": "完整的问卷", "ru": "целиком"}


def asked_of(iso3: str, folders: DataFolders) -> set[str]:
    return {item for case in to_ask("2026", iso3, folders) for item in case["items"].split()}


def test_it_has_the_questions_asked_with_what_was_sent_and_no_others(april: DataFolders) -> None:
    book = load_workbook(BytesIO(questionnaire("2026", "POL", "en", april)))
    rows = [row for name in book.sheetnames[1:-2] for row in book[name].iter_rows(min_row=4, values_only=True)]
    shown = {row[0]: row[5] for row in rows if row[0]}
    assert set(shown) == asked_of("POL", april)
    assert set(shown.values()) == {"Yes", "No"}  # os1.1 is denied, and six others rest on it


def test_what_comes_back_is_taken_as_an_addition(april: DataFolders, tmp_path: Path) -> None:
    sent = tmp_path / "gci_2026_POL_en_asked.xlsx"
    sent.write_bytes(questionnaire("2026", "POL", "en", april))
    checked = check_file(sent)
    assert checked.receipt.verdict == "accepted"
    told = [problem.code for problem in checked.receipt.problems]
    assert told[0] == "addition_taken"
    assert set(told[1:]) == {"answers_contradict"}  # what it was asked about; what it has not is not missed
    assert checked.receipt.answered == len(asked_of("POL", april))
    assert checked.columns is not None
    assert set(checked.columns["addition"]) == {"true"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_and_workbook_say_so_in_every_language(april: DataFolders, language: str) -> None:
    told = as_text(letter("2026", "POL", language, april))
    marks = str.maketrans("", "", "\u2066\u2069")
    assert ENCLOSED[language] in told.translate(marks)
    assert WHOLE[language] not in told.translate(marks)
    cover = load_workbook(BytesIO(questionnaire("2026", "POL", language, april))).worksheets[0]
    said = {cell.value for row in cover.iter_rows() for cell in row}
    assert words(language).only_asked in said
    assert f"1. {words(language).addition}" in said


def test_where_a_whole_file_was_refused_the_whole_is_asked_for(april: DataFolders) -> None:
    refused = {case["iso3"] for case in to_ask("2026", None, april) if case["kind"] == "refused_file"}
    assert refused
    for iso3 in refused:
        assert not letter("2026", iso3, "en", april).encloses
        with pytest.raises(WrongUsage, match="without --asked"):
            questionnaire("2026", iso3, "en", april)


def test_the_command_needs_a_state(tmp_path: Path) -> None:
    said = gci(tmp_path, "template", "--edition", "2026", "--asked")
    assert (said.code, "--state" in said.err) == (2, True)
