"""The sheet that a questionnaire opens with: whose it is, how to fill it in, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gci.reference.labels import concept_labels
from gci.reference.seeds import member_states
from gci.survey.form.filling import Filling
from gci.survey.form.form import Form
from gci.survey.form.formats import Formats, height
from gci.survey.form.pillar_sheet import Counts
from gci.survey.words import Words, words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (36, 14, 14, 20, 14)
_ROOM = 6  # points above what the label needs: a place to write by hand, too
_CHOICE = 2  # the step that is about choosing an answer, counted from 1


def write_cover(
    sheet: Worksheet,
    formats: Formats,
    form: Form,
    iso3: str,
    language: str,
    counts: Sequence[Counts],
    filling: Filling,
) -> None:
    """Fill the sheet.

    Args:
        sheet: an empty sheet.
        formats: the workbook's formats.
        form: the questionnaire.
        iso3: whose it is.
        language: of the texts.
        counts: what there is to count, by pillar.
        filling: the answers that are filled in, and whether only some questions are asked once more.
    """
    said = words(language)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{said.index} {form.edition.edition}", formats["title"])
    sheet.write_string(1, 0, said.only_asked if filling.addition else said.questionnaire, formats["subtitle"])
    row = _write_facts(sheet, formats, form, member_states()[iso3].names[language], said, 3)
    if form.edition.status == "rehearsal":
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, said.rehearsal, formats["notice"])
        row += 1
    sheet.write_string(row + 1, 0, said.how_to, formats["subtitle"])
    row += 2
    for number, step in enumerate(_steps(said, filling), start=1):
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, f"{number}. {step}", formats["text"])
        # A merged cell does not grow with its text.
        sheet.set_row(row, height((step, sum(_WIDTHS))))
        row += 1
    sheet.write_string(row + 1, 0, said.progress, formats["subtitle"])
    row = _write_progress(sheet, formats, said, concept_labels(language), counts, row + 2)
    row = _write_respondent(sheet, formats, said, row + 2)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, row, len(_WIDTHS) - 1)


def _write_respondent(sheet: Worksheet, formats: Formats, said: Words, row: int) -> int:
    """The block for who answers and who signs off: cells to fill in that no reader looks at. Gives its last row."""
    last = len(_WIDTHS) - 1
    sheet.write_string(row, 0, said.respondent, formats["subtitle"])
    sheet.merge_range(row + 1, 0, row + 1, last, said.respondent_note, formats["text"])
    sheet.set_row(row + 1, height((said.respondent_note, sum(_WIDTHS))))
    row += 1
    for label in (said.name, said.position, said.email, said.date, said.sign_off):
        row += 1
        sheet.write_string(row, 0, label, formats["locked"])
        sheet.merge_range(row, 1, row, last, "", formats["open"])
        sheet.set_row(row, height((label, _WIDTHS[0]), ("", 1)) + _ROOM)
    return row


def _steps(said: Words, filling: Filling) -> list[str]:
    """How to fill it in; what partial means follows the choice of an answer."""
    *shown, before = said.instructions
    if filling.addition:
        shown = [said.addition, *shown[1:-1]]  # neither five pillars, nor a workbook that takes the place of another
    elif filling.answers:
        shown = [*shown, before]
    return [*shown[:_CHOICE], said.partial_rule, *shown[_CHOICE:]]


def _write_facts(sheet: Worksheet, formats: Formats, form: Form, state: str, said: Words, row: int) -> int:
    edition = form.edition
    facts = {said.state: state, said.edition: edition.edition, said.version: form.version}
    if edition.collection_from and edition.collection_to:
        facts[said.period] = f"{edition.collection_from} – {edition.collection_to}"
    for label, value in facts.items():
        sheet.write_string(row, 0, label, formats["label"])
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, value, formats["text"])
        row += 1
    return row


def _write_progress(
    sheet: Worksheet, formats: Formats, said: Words, labels: dict[str, str], counts: Sequence[Counts], row: int
) -> int:
    """How far it has come, pillar by pillar. Gives its last row."""
    for place, head in enumerate((said.pillar, said.questions, said.answered, said.missing, said.share)):
        sheet.write_string(row, place, head, formats["header"])
    first = row + 2
    for one in counts:
        row += 1
        name = one.sheet.replace("'", "''")
        sheet.write_string(row, 0, labels[one.pillar], formats["locked"])
        sheet.write_number(row, 1, one.questions, formats["count"])
        sheet.write_formula(row, 2, f"=COUNTA('{name}'!{one.answers})", formats["count"], value=one.answered)
        left = f"=COUNTIF('{name}'!{one.status},\"{said.evidence_missing}\")"
        sheet.write_formula(row, 3, left, formats["count"], value=one.missing)
        sheet.write_formula(row, 4, f"=C{row + 1}/B{row + 1}", formats["share"], value=one.answered / one.questions)
    last, row = row + 1, row + 1
    totals = [sum(getattr(one, name) for one in counts) for name in ("questions", "answered", "missing")]
    sheet.write_string(row, 0, said.all, formats["heading"])
    for place, total in enumerate(totals, start=1):
        letter = "ABCD"[place]
        sheet.write_formula(row, place, f"=SUM({letter}{first}:{letter}{last})", formats["count"], value=total)
    sheet.write_formula(row, 4, f"=C{row + 1}/B{row + 1}", formats["share"], value=totals[1] / totals[0])
    sheet.conditional_format(
        first - 1, 4, row, 4, {"type": "data_bar", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    )
    return row
