"""The XLSForm converts under pyxform, and what comes back from it names every question."""

from __future__ import annotations

import io
import re
import shutil
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.xls2xform import convert

from gci.reference import seeds
from gci.reference.labels import LANGUAGES, answer_labels, question_texts
from gci.survey.form.form import form
from gci.survey.form.xlsform import name, xlsform

ITEMS = seeds.items("2026")
XF = "{http://www.w3.org/2002/xforms}"
JR = "{http://openrosa.org/javarosa}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return xlsform(form("2026"))


@pytest.fixture(scope="module")
def model(content: bytes) -> ET.Element:
    """The XForm that pyxform makes of it, held against ODK Validate where there is Java to run it."""
    made = convert(io.BytesIO(content), validate=shutil.which("java") is not None)
    assert made.warnings == []
    return ET.fromstring(made.xform)


def sheet(content: bytes, title: str) -> list[dict[str, str]]:
    head, *rest = openpyxl.load_workbook(io.BytesIO(content))[title].iter_rows(values_only=True)
    return [{key: value or "" for key, value in zip(head, row, strict=True)} for row in rows_of(rest)]


def rows_of(rest: list[tuple]) -> list[tuple]:
    return [row for row in rest if any(row)]


def leaves(node: ET.Element, path: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Every field of an instance by its name, with the groups above it."""
    found = {}
    for child in node:
        tag = child.tag.rpartition("}")[2]
        found |= leaves(child, (*path, tag)) if len(child) else {tag: path}
    return found


def test_the_form_says_which_edition_and_version_it_is(content, model):
    (settings,) = sheet(content, "settings")
    assert (settings["form_id"], settings["version"]) == ("gci_2026", "2026v2")
    instance = model.find(f".//{XF}instance/*")
    assert (instance.get("id"), instance.get("version")) == ("gci_2026", "2026v2")
    assert "'2026'" in {bind.get("calculate") for bind in model.iter(f"{XF}bind")}


def test_every_question_has_its_field_in_the_groups_of_its_pillar_and_indicator(model):
    fields = leaves(model.find(f".//{XF}instance/*"))
    for code, node in ITEMS.items():
        for field in (name(code), f"{name(code)}_evidence", f"{name(code)}_comment"):
            assert fields[field] == (node.pillar, node.parent)
    assert fields["iso3"] == fields["edition"] == ()


def test_the_form_asks_whether_it_only_adds_to_an_earlier_return_and_no_is_what_it_begins_with(content, model):
    survey = {row["name"]: row for row in sheet(content, "survey") if row["name"]}
    asked = survey["addition"]
    assert (asked["type"], asked["default"], asked["required"]) == ("select_one yes_no", "no", "yes")
    assert all(asked[column] for column in asked if column.startswith(("label::", "hint::")))
    (field,) = [node for node in model.find(f".//{XF}instance/*") if node.tag.endswith("}addition")]
    assert field.text == "no"


def test_addresses_keep_their_direction_in_arabic_whatever_they_stand_in(content):
    shown = [row for title in ("survey", "choices") for row in sheet(content, title)]
    arabic = [text for row in shown for column, text in row.items() if column.endswith("(ar)") and text]
    runs = [text for text in arabic if "http" in text or "ITU" in text or "ISO" in text]
    assert runs
    for text in runs:
        bare = re.sub("\u2066[^\u2066\u2069]*\u2069", "", text)
        assert not re.search("[A-Za-z]+[^A-Za-z\\s]+[A-Za-z]", bare), text
        assert "\u2066" not in bare  # no marks in marks


def test_names_lead_back_to_the_items():
    assert {name(code).replace("_", "."): code for code in ITEMS} == {code: code for code in ITEMS}


def test_evidence_is_asked_once_there_is_something_to_show_and_must_be_an_address(content):
    survey = {row["name"]: row for row in sheet(content, "survey") if row["name"]}
    for code, node in ITEMS.items():
        field = survey[f"{name(code)}_evidence"]
        assert field["relevant"] == f"${{{name(code)}}} = 'yes' or ${{{name(code)}}} = 'partial'"
        assert field["constraint"].startswith("regex(., '^https?://")
        assert all(field[column] for column in field if column.startswith("constraint_message::"))
        assert bool(field["hint::English (en)"]) == node.evidence_required
        # A state may answer before it has the evidence: nothing but the state is required.
        assert not survey[name(code)]["required"]
        assert not field["required"]
    assert survey["iso3"]["required"] == "yes"


def test_choices_are_codes_with_labels_in_six_languages(content):
    choices = sheet(content, "choices")
    lists = {row["list_name"] for row in choices}
    assert lists == {"yes_partial_no", "yes_no", "states"}
    assert [row["name"] for row in choices if row["list_name"] == "yes_no"] == ["yes", "no"]
    states = {row["name"] for row in choices if row["list_name"] == "states"}
    assert states == seeds.members("2026")
    partial = next(row for row in choices if row["name"] == "partial")
    labels = [value for column, value in partial.items() if column.startswith("label::")]
    assert labels == [answer_labels(language)["partial"] for language in LANGUAGES]
    namibia = next(row for row in choices if row["name"] == "NAM")
    assert namibia["label::Русский (ru)"] == seeds.member_states()["NAM"].names["ru"]


def test_a_question_allows_partial_where_the_framework_does(content):
    survey = {row["name"]: row for row in sheet(content, "survey") if row["name"]}
    for code, node in ITEMS.items():
        assert survey[name(code)]["type"] == f"select_one {'yes_partial_no' if node.allows_partial else 'yes_no'}"


def test_the_form_speaks_six_languages(model):
    translations = {one.get("lang"): one for one in model.iter(f"{XF}translation")}
    assert len(translations) == len(LANGUAGES)
    for language, one in zip(LANGUAGES, translations.values(), strict=True):
        assert f"({language})" in one.get("lang")
        said = {value.text for value in one.iter(f"{XF}value")}
        # pyxform straightens quotation marks.
        assert {text.text.replace("’", "'") for text in question_texts("2026", language).values()} <= said


def test_the_same_form_has_the_same_bytes(content):
    assert xlsform(form("2026")) == content
