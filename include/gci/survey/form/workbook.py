"""The questionnaire of one state as a workbook: a sheet to start with, one per pillar, and two that are hidden.

Readers go by the codes in row 1 and column A, which are hidden as well: docs/questionnaire.md. The bytes depend on the
form, the state, the language and the answers alone.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from gci.reference.labels import RIGHT_TO_LEFT, answer_labels
from gci.reference.seeds import member_states
from gci.survey.form.cover import write_cover
from gci.survey.form.filling import Filling as Filling
from gci.survey.form.form import ANSWERS, Form
from gci.survey.form.formats import Formats
from gci.survey.form.pillar_sheet import Counts, write_pillar
from gci.survey.formats.workbook import FORM, LISTS, SCHEMA
from gci.survey.words import words

if TYPE_CHECKING:
    from xlsxwriter import Workbook


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
        write_cover(cover, formats, form, iso3, language, counts, filling)
        _write_lists(book, [labels[answer] for answer in ANSWERS])
        _write_form(book, form, iso3, language, filling)
        for sheet in book.worksheets():
            if language in RIGHT_TO_LEFT:
                sheet.right_to_left()
            sheet.protect("", {"format_columns": True, "format_rows": True})
        cover.activate()
    return content.getvalue()


def _write_lists(book: Workbook, labels: list[str]) -> None:
    """The entries of the drop-down lists: column A for questions that allow partial, column B for the others."""
    sheet = book.add_worksheet(LISTS)
    yes, partial, no = labels
    sheet.write_column("A1", [yes, partial, no])
    sheet.write_column("B1", [yes, no])
    sheet.hide()


def _write_form(book: Workbook, form: Form, iso3: str, language: str, filling: Filling) -> None:
    """What the return is about, for readers."""
    sheet = book.add_worksheet(FORM)
    rows = {
        "schema": SCHEMA,
        "edition": form.edition.edition,
        "iso3": iso3,
        "language": language,
        "form_version": form.version,
    }
    rows |= {name: "true" for name in ("synthetic", "addition") if getattr(filling, name)}
    for number, (key, value) in enumerate(rows.items()):
        sheet.write_row(number, 0, [key, value])
    sheet.very_hidden()
