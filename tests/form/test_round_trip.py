"""What goes out comes back: filled workbooks and submissions of the XLSForm are read as the answers that were given."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from gci.collect.check import Checked
from gci.collect.check_file import check_file
from gci.reference.labels import LANGUAGES, answer_labels
from gci.reference.seeds import items
from gci.survey.form.filling import Filling
from gci.survey.form.form import choices, form
from gci.survey.form.previous import Given
from gci.survey.form.workbook import workbook
from gci.survey.form.xlsform import name, xlsform

FORM = form("2026")
ITEMS = items("2026")
COMMENTS = ("", "art. 12", "المادة 12", "第十二条", "=1+1", "two\nlines")

Answers = dict[str, Given]


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Answers to some of the questions, each of them allowed."""
    given = draw(st.fixed_dictionaries({}, optional={code: st.sampled_from(choices(ITEMS[code])) for code in ITEMS}))
    return {
        code: Given(
            answer, f"https://example.int/{code}" if place % 2 else None, COMMENTS[place % len(COMMENTS)] or None
        )
        for place, (code, answer) in enumerate(given.items())
    }


def everything() -> Answers:
    return {code: Given("yes", f"https://example.int/{code}", "art. 12") for code in ITEMS}


def read_back(checked: Checked) -> Answers:
    """The answers that were read; each row keeps the version of the form. Of an export there is one submission."""
    (one,) = checked.parts or (checked,)
    assert one.receipt.verdict == "accepted", one.receipt.problems
    assert one.table is not None
    rows = one.table.to_pylist()
    assert {row["form_version"] for row in rows} <= {FORM.version}
    assert {row["iso3"] for row in rows} <= {"EGY"}
    return {row["item"]: Given(row["answer"], row["evidence_url"], row["comment"]) for row in rows if row["answer"]}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=answers(), language=st.sampled_from(LANGUAGES))
def test_a_workbook_is_read_as_the_answers_in_it(tmp_path: Path, given: Answers, language: str) -> None:
    file = tmp_path / "return.xlsx"
    file.write_bytes(workbook(FORM, "EGY", language, Filling(given)))
    assert read_back(check_file(file)) == given


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_that_was_filled_in_and_saved_again_is_read(tmp_path: Path, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(FORM, "EGY", language, Filling())))
    due = everything()
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4):
            if one := due.get(str(row[0].value)):
                row[5].value, row[6].value, row[7].value = (
                    answer_labels(language)[one.answer],
                    one.evidence_url,
                    one.comment,
                )
    book.save(tmp_path / "saved.xlsx")
    assert read_back(check_file(tmp_path / "saved.xlsx")) == due


def test_a_submission_of_the_xlsform_answers_all_questions(tmp_path: Path) -> None:
    """The form's own instance, filled in and exported as ODK Central's OData does: groups within groups."""
    made = ET.fromstring(convert(io.BytesIO(xlsform(FORM)), validate=False).xform)
    instance = made.find(".//{http://www.w3.org/2002/xforms}instance/*")
    due = everything()
    fields = {"iso3": "EGY", "edition": "2026", "addition": "no"}
    for code, one in due.items():
        fields |= {name(code): one.answer, f"{name(code)}_evidence": one.evidence_url}
        fields |= {f"{name(code)}_comment": one.comment}
    assert read_back(check_file(_submitted(instance, fields, tmp_path))) == due


def test_a_submission_that_says_so_only_adds_to_the_return_before(tmp_path: Path) -> None:
    made = ET.fromstring(convert(io.BytesIO(xlsform(FORM)), validate=False).xform)
    instance = made.find(".//{http://www.w3.org/2002/xforms}instance/*")
    fields = {"iso3": "EGY", "edition": "2026", "addition": "yes", "ls1_1": "no"}
    checked = check_file(_submitted(instance, fields, tmp_path))
    assert read_back(checked) == {"ls1.1": Given("no", None, None)}
    (one,) = checked.parts or (checked,)
    assert "addition_taken" in {problem.code for problem in one.receipt.problems}


def _submitted(instance: ET.Element, fields: dict[str, Any], folder: Path) -> Path:
    """A submission of the form as ODK Central's OData has it."""
    submission = {
        "__id": "uuid:7d1c9a4e-0001",
        "__system": {"submissionDate": "2026-04-01T09:00:00.000Z", "formVersion": instance.get("version")},
        **_filled(instance, fields),
    }
    document = {"value": [submission], "@odata.context": "https://odk.example.int/v1/$metadata#Submissions"}
    file = folder / "submissions.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def _filled(node: ET.Element, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields below a node as the server nests them. Every field of the form must be known or stay empty."""
    filled: dict[str, Any] = {}
    for child in node:
        tag = child.tag.rpartition("}")[2]
        filled[tag] = _filled(child, fields) if len(child) else fields.get(tag)
    return filled
