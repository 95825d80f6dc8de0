"""Answers that do not go together are told where they stand, in the language of the return, and taken as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gci.collect.check_file import check_file
from gci.core.records import Problem, Receipt
from gci.reference.labels import LANGUAGES
from gci.reference.seeds import items
from gci.survey.form.filling import Filling
from gci.survey.form.form import choices, form
from gci.survey.form.previous import Given
from gci.survey.form.workbook import workbook

ITEMS = items("2026")
YES = dict.fromkeys(ITEMS, "yes")
NO_STRATEGY = YES | {"os1.1": "no"}
# Read in the questionnaire, and not from the rules.
OF_THE_STRATEGY = {"os1.2", "os1.3", "os1.4", "os1.6", "os1.7", "os1.8"}


def csv_of(answers: dict[str, str]) -> str:
    rows = [f"2026,EGY,{item},{answer},https://example.int/{item}," for item, answer in answers.items()]
    return "\n".join(["edition,iso3,item,answer,evidence_url,comment", *rows, ""])


def contradictions(receipt: Receipt) -> list[Problem]:
    return [problem for problem in receipt.problems if problem.code == "answers_contradict"]


def test_no_strategy_with_its_plan_budget_and_review_is_taken_and_told(tmp_path: Path):
    (tmp_path / "EGY.csv").write_text(csv_of(NO_STRATEGY), encoding="utf-8")
    checked = check_file(tmp_path / "EGY.csv")
    found = contradictions(checked.receipt)
    assert (checked.receipt.verdict, checked.receipt.answered) == ("accepted", len(ITEMS))
    assert {problem.item for problem in found} == OF_THE_STRATEGY
    rows = {item: number for number, item in enumerate(ITEMS, start=2)}
    assert {problem.item: (problem.severity, problem.row, problem.column) for problem in found} == {
        item: ("warning", rows[item], "answer") for item in OF_THE_STRATEGY
    }
    assert all("os1.1" in problem.message for problem in found)
    assert checked.table is not None
    assert {row["item"]: row["answer"] for row in checked.table.to_pylist()} == NO_STRATEGY, "no answer is changed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_workbook_sheet_row_and_cell_are_named_in_its_language(tmp_path: Path, language: str):
    given = {item: Given(answer, f"https://example.int/{item}") for item, answer in NO_STRATEGY.items()}
    file = tmp_path / "EGY.xlsx"
    file.write_bytes(workbook(form("2026"), "EGY", language, Filling(given)))
    receipt = check_file(file).receipt
    found = contradictions(receipt)
    assert receipt.verdict == "accepted"
    assert {problem.item for problem in found} == OF_THE_STRATEGY
    (sheet,) = {problem.sheet for problem in found}
    assert {problem.column for problem in found} == {"F"}
    assert all(f"{sheet}!F5" in problem.message for problem in found), "where the no stands"
    english = "does not go with"
    assert all((english in problem.message) == (language == "en") for problem in found)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ts1.1": "no"}, {"ts1.2", "ts1.3", "ts1.4", "ts1.6", "ts1.7", "ts2.3"}),
        ({"os2.1": "no"}, {"os2.2", "os2.4"}),
        ({"cs2.1": "no"}, {"cs2.2"}),
        ({item: "no" for item in ITEMS if item.startswith("ls1.")}, {"cds2.3", "cs1.3", "cs3.3"}),
        ({item: "no" for item in ITEMS if item.startswith("ls1.")} | {"ls1.7": "partial"}, set()),
        ({"cds1.1": "no"}, set()),
        ({"cds1.1": "no", "cds1.5": "partial"}, {"cds1.5"}),
        ({"os1.1": ""}, set()),
        ({"os1.1": "no"} | dict.fromkeys(OF_THE_STRATEGY, ""), set()),
        ({"os1.1": "no", "os1.2": "partial"} | dict.fromkeys(OF_THE_STRATEGY - {"os1.2"}, "no"), {"os1.2"}),
    ],
)
def test_a_no_contradicts_what_depends_on_it_and_silence_contradicts_nothing(tmp_path: Path, changed, told):
    (tmp_path / "EGY.csv").write_text(csv_of(YES | changed), encoding="utf-8")
    receipt = check_file(tmp_path / "EGY.csv").receipt
    assert {problem.item for problem in contradictions(receipt)} == told
    assert receipt.verdict == "accepted"


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_who_says_the_same_everywhere_contradicts_nothing(tmp_path: Path, answer: str):
    (tmp_path / "EGY.csv").write_text(csv_of(dict.fromkeys(ITEMS, answer)), encoding="utf-8")
    assert contradictions(check_file(tmp_path / "EGY.csv").receipt) == []


def test_the_older_form_is_taken_and_asks_what_it_asked(tmp_path: Path):
    """Who answers the version before is not told of questions that it did not have, and may answer the others."""
    new = {"os1.8", "cds2.6", "cds4.4"}
    older = {item: "yes" for item in ITEMS if item not in new}
    answers = [{"item": item, "answer": answer} for item, answer in older.items()]
    document = {"schema": "gci-return/1", "edition": "2026", "iso3": "EGY", "form_version": "2026-1"}
    (tmp_path / "EGY.json").write_text(json.dumps(document | {"answers": answers}), encoding="utf-8")
    submission = {
        "_id": 1,
        "_uuid": "7d1c9a4e-0001",
        "iso3": "EGY",
        **{item.replace(".", "_"): answer for item, answer in older.items()},
    }
    exports = {}
    for version in ("2026-1", "2026v2"):
        columns = submission | {"__version__": version}
        table = ";".join(columns) + "\n" + ";".join(str(cell) for cell in columns.values()) + "\n"
        (tmp_path / f"{version}.csv").write_text(table, encoding="utf-8")
        exports[version] = check_file(tmp_path / f"{version}.csv").receipts[-1]
    receipt = check_file(tmp_path / "EGY.json").receipt
    assert (receipt.verdict, receipt.answered, receipt.form_version) == ("accepted", len(ITEMS) - 3, "2026-1")
    assert (exports["2026-1"].verdict, exports["2026-1"].answered) == ("accepted", len(ITEMS) - 3)
    (dropped,) = [one for one in exports["2026v2"].problems if one.code == "questions_dropped"]
    assert all(item in dropped.message for item in new)


@pytest.mark.parametrize(("version", "told"), [("2026-1", []), ("2026v2", ["items_without_row"])])
def test_a_workbook_of_the_older_form_has_all_its_rows(tmp_path: Path, version: str, told: list[str]):
    from openpyxl import load_workbook

    file = tmp_path / "EGY.xlsx"
    file.write_bytes(workbook(form("2026"), "EGY", "en", Filling({"ls1.1": Given("yes", "https://example.int/a")})))
    book = load_workbook(file)
    for row in book["_form"].iter_rows():
        if row[0].value == "form_version":
            row[1].value = version
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4):
            if row[0].value in {"os1.8", "cds2.6", "cds4.4"}:
                row[0].value = None
    book.save(file)
    receipt = check_file(file).receipt
    assert (receipt.verdict, [problem.code for problem in receipt.problems]) == ("accepted", told)


def test_partial_is_offered_by_the_questions_that_explain_it():
    assert choices(ITEMS["ls1.2"]) == ("yes", "partial", "no")
    assert choices(ITEMS["os1.1"]) == choices(ITEMS["ts1.1"]) == ("yes", "no")
