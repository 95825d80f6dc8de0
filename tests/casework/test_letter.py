"""Letters in six languages, and what strangers write into files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from gci.casework.labels import answer_label, question_text
from gci.casework.letter import _closing, _of_files, _problems, _query, _together, as_html, as_text, letter
from gci.casework.wordings import WORDINGS
from gci.core.errors import WrongUsage
from gci.core.paths import INCLUDE, DataFolders
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import items, member_states
from gci.texts import translator

# A word of each language's own that its letter opens or closes with.
OWN = {"en": "Dear", "fr": "Madame", "es": "Estimado", "ar": "جهة الاتصال", "zh": "尊敬", "ru": "Уважаемый"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_in_one_language_and_says_where_and_what_to_do(april: DataFolders, language: str) -> None:
    written = letter("2026", "EST", language, april)
    for shown in (as_html(written), as_text(written)):
        assert OWN[language] in shown
        assert member_states()["EST"].names[language] in shown
        assert question_text("2026", "ls1.1", language) in shown.replace("&#x27;", "'")
        assert "est_3.csv" in shown
        assert "2027-06-30" in shown
        assert translator(language).gettext(WORDINGS["missing_answers"].do) in shown.replace("&#39;", "'")
        assert not [own for other, own in OWN.items() if other != language and own in shown]
    page = html.fromstring(as_html(written))
    assert (page.get("lang"), page.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


def test_every_kind_that_a_focal_point_is_asked_about_has_its_words() -> None:
    rows = (INCLUDE.parent / "dbt_project" / "seeds" / "survey" / "seed_case_kinds.csv").read_text(encoding="utf-8")
    kinds = {line.split(",")[0] for line in rows.splitlines()[1:] if line.split(",")[1] == "focal_point"}
    assert set(WORDINGS) == kinds


def test_an_own_language_is_that_of_the_return_else_of_the_state(april: DataFolders) -> None:
    assert letter("2026", "EGY", None, april).language == "ar"
    assert letter("2026", "CHN", None, april).language == "zh"
    assert letter("2026", "FIN", None, april).language == "en"
    with pytest.raises(WrongUsage, match="Languages: en, fr"):
        letter("2026", "FIN", "fi", april)


def test_only_what_the_focal_point_can_do_something_about_is_asked(april: DataFolders) -> None:
    assert letter("2026", "NOR", "en", april).queries == ()  # a stale review is the reviewer's
    assert letter("2026", "FIN", "en", april).queries == ()  # has answered: the reviewer decides
    assert [query.cases[0]["state"] for query in letter("2026", "LVA", "en", april).queries] == ["asked"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_that_is_not_answered_is_in_the_letter_with_the_day_it_went_out(
    april: DataFolders, language: str
) -> None:
    written = letter("2026", "CHE", language, april)
    (query,) = written.queries
    assert "2026-04-09" in query.wrong
    assert query.do == translator(language).gettext(WORDINGS["draft"].do)
    assert _closing(written)[1] == ""  # there is no answer to correct
    assert letter("2026", "ESP", language, april).queries == ()  # a comment is answered by the index team


def test_what_strangers_wrote_is_text_and_nothing_else(april: DataFolders) -> None:
    written = letter("2026", "LVA", "en", april)
    page = html.fromstring(as_html(written))
    assert page.xpath("//script") == []
    words = "".join(page.itertext())
    assert "<script>alert(1)" in words
    assert "{said}" in words
    assert "\x1b" not in as_text(written)


def test_partner_and_change_say_against_what(april: DataFolders) -> None:
    (query,) = letter("2026", "AUT", "en", april).queries
    assert "National Cyber Security Index" in query.wrong
    assert [said.split(" ")[0] for said, _ in query.points] == [
        code for code, node in items("2026").items() if node.parent == "os1"
    ]
    changes = letter("2026", "DEU", "en", april).queries
    assert len(changes) == 20
    assert "of the edition 2024. On a scale from 0 to 1 they gave 0.00 then, and give 1.00 now." in changes[0].wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_go_together_is_asked_with_all_its_answers(april: DataFolders, language: str) -> None:
    (query,) = letter("2026", "POL", language, april).queries
    assert query.wrong.replace("\u2068", "").replace("\u2069", "") == translator(language).gettext(
        WORDINGS["answers_contradict"].wrong, held_against="os1.1"
    )
    denied, *others = [said for said, _ in query.points]
    assert denied.startswith("os1.1 ")
    assert answer_label("2026", 0, language) in denied
    assert len(others) == 6
    assert all(answer_label("2026", 1, language) in said for said in others)


def test_letters_say_the_same_for_the_same(april: DataFolders, tmp_path: Path) -> None:
    assert as_html(letter("2026", "DEU", "ru", april)) == as_html(letter("2026", "DEU", "ru", april))


def test_the_same_problem_stands_there_once_with_its_places() -> None:
    wrong = {"kind": "evidence_missing", "items": "ls1.1", "said": None, "held_against": None, "edition": "2026"}
    cases = [wrong | {"case_id": item, "items": item, "subject": item} for item in ("ls1.1", "ls1.2", "ts1.1")]
    places = {
        (item, item): {"file": file, "sheet": None, "row": 47, "answer": None}
        for item, file in (("ls1.1", "AND_2.json"), ("ls1.2", "AND_2.csv"), ("ts1.1", "AND_2.csv"))
    }
    (query,) = _together(_query(case, "en", places, {}) for case in cases)
    assert [case["case_id"] for case in query.cases] == ["ls1.1", "ls1.2", "ts1.1"]
    assert len(query.points) == 3
    # A JSON file has no rows that anybody has seen.
    assert [place for _, place in query.points] == ["", "AND_2.csv, row 47", "AND_2.csv, row 47"]


def test_the_same_error_of_a_refused_file_stands_there_once() -> None:
    error = {"severity": "error", "message": "The answer “mostly” is not one of them.", "sheet": "1 Legal"}
    refused = {"file": "AUT_1.xlsx", "problems": json.dumps([error | {"row": row} for row in range(5, 25)])}
    ((said, places),) = _problems(refused, "en")
    assert said == error["message"]
    assert places.startswith("AUT_1.xlsx, sheet “1 Legal”, row 5; ")
    assert places.endswith("; …")


def test_a_letter_in_english_says_what_is_wrong_with_a_file_in_english() -> None:
    error = {"severity": "error", "message": "La réponse est fausse.", "english": "The answer is wrong."}
    refused = {"file": "BEN.csv", "problems": json.dumps([error | {"sheet": None, "row": 2}])}
    assert [said for said, _ in _problems(refused, "en")] == ["The answer is wrong."]
    assert [said for said, _ in _problems(refused, "fr")] == ["La réponse est fausse."]


def test_double_answers_of_a_refused_file_are_asked_about_once_with_the_file() -> None:
    case = {"edition": "2026", "subject": "ls1.1", "items": "ls1.1", "held_against": "row 88", "last_digest": "d"}
    kinds = (("GTM_1.csv", "answer_in_two_ways"), ("GTM_1.csv", "refused_file"), ("GTM_2.csv", "answer_in_two_ways"))
    cases = [case | {"case_id": f"{file} {kind}", "said": file, "kind": kind} for file, kind in kinds]
    error = {"severity": "error", "message": "ls1.1 was answered before.", "sheet": None, "row": 88}
    refused = {"d": {"file": "GTM_1.csv", "problems": json.dumps([error])}}
    whole, apart = _together(_of_files([_query(one, "en", {}, refused) for one in cases]))
    assert whole.points == (("ls1.1 was answered before.", "GTM_1.csv, row 88"),)
    assert [one["kind"] for one in whole.cases] == ["answer_in_two_ways", "refused_file"]
    assert [one["said"] for one in apart.cases] == ["GTM_2.csv"]


def test_a_placeholder_is_told_as_one() -> None:
    assert "example.com" in WORDINGS["evidence_placeholder"].wrong
    assert "cannot be opened" not in WORDINGS["evidence_placeholder"].wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_where_to_reply_if_that_is_set(
    april: DataFolders, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "@" not in as_text(letter("2026", "EST", language, april))
    monkeypatch.setenv("GCI_REPLY_TO", "gci@example.int")
    written = letter("2026", "EST", language, april)
    for shown in (as_html(written), as_text(written)):
        assert "gci@example.int" in shown
