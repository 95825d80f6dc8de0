"""The questionnaire of one state as a workbook: a sheet to start with, one per pillar, and two that are hidden.

Readers go by the codes in row 1 and column A, which are hidden as well: docs/questionnaire.md. The bytes depend on the
form, the state, the language and the answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from gci.labels import RIGHT_TO_LEFT, answer_labels
from gci.questionnaire.cover import write_cover
from gci.questionnaire.form import ANSWERS, Form, choices
from gci.questionnaire.formats import Formats
from gci.questionnaire.pillar_sheet import Counts, write_pillar
from gci.questionnaire.previous import Given, Previous
from gci.questionnaire.words import words
from gci.reference import member_states

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SCHEMA = "gci-questionnaire/1"
FORM_SHEET = "_form"
LISTS_SHEET = "_lists"


@dataclass(frozen=True)
class Filling:
    """What stands in a state's workbook before anyone fills it in.

    Attributes:
        answers: answers by code of the question.
        previous: what the state had in the edition before, shown beside the questions; None when nothing is known.
        synthetic: whether the answers are made up; the workbook then says so where readers look.
    """

    answers: Mapping[str, Given] = field(default_factory=dict)
    previous: Previous | None = None
    synthetic: bool = False


def prefilled(form: Form, previous: Previous | None) -> Filling:
    """The answers of the edition before to the questions that ask for the same concept and allow the same answer."""
    before = previous.answers if previous else {}
    questions = [question for pillar in form.pillars for one in pillar.indicators for question in one.questions]
    answers = {
        question.node: before[question.concept]
        for question in questions
        if question.concept in before and before[question.concept].answer in choices(question)
    }
    return Filling(answers, previous)


def workbook(form: Form, iso3: str, language: str, filling: Filling) -> bytes:
    """The workbook of a state.

    Args:
        form: the questionnaire.
        iso3: a member state of the edition.
        language: en, fr, es, ar, zh or ru.
        filling: what stands in it already.

    Returns:
        The bytes of an XLSX file.
    """
    from xlsxwriter import Workbook

    said, labels = words(language), answer_labels(language)
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        title = f"{said.index} {form.edition.edition}: {member_states()[iso3].names[language]}"
        book.set_properties({"title": title, "created": datetime(form.edition.reference_year, 1, 1)})  # noqa: DTZ001
        formats = Formats(book, right_to_left=language in RIGHT_TO_LEFT)
        cover = book.add_worksheet(said.cover)
        counts: list[Counts] = []
        for pillar in form.pillars:
            sheet = book.add_worksheet(said.sheets[pillar.node.pillar])
            counts.append(write_pillar(sheet, formats, pillar, form.edition.edition, language, filling))
        write_cover(cover, formats, form, iso3, language, counts, has_answers=bool(filling.answers))
        _write_lists(book, [labels[answer] for answer in ANSWERS])
        _write_form(book, form, iso3, language, synthetic=filling.synthetic)
        for sheet in book.worksheets():
            if language in RIGHT_TO_LEFT:
                sheet.right_to_left()
            sheet.protect("", {"format_columns": True, "format_rows": True})
        cover.activate()
    return content.getvalue()


def _write_lists(book: Workbook, labels: list[str]) -> None:
    """The entries of the drop-down lists: column A for questions that allow partial, column B for the others."""
    sheet = book.add_worksheet(LISTS_SHEET)
    yes, partial, no = labels
    sheet.write_column("A1", [yes, partial, no])
    sheet.write_column("B1", [yes, no])
    sheet.hide()


def _write_form(book: Workbook, form: Form, iso3: str, language: str, *, synthetic: bool) -> None:
    """What the return is about, for readers."""
    sheet = book.add_worksheet(FORM_SHEET)
    rows = {
        "schema": SCHEMA,
        "edition": form.edition.edition,
        "iso3": iso3,
        "language": language,
        "form_version": form.version,
    }
    for number, (key, value) in enumerate((rows | ({"synthetic": "true"} if synthetic else {})).items()):
        sheet.write_row(number, 0, [key, value])
    sheet.very_hidden()
