"""The sheet of one pillar: its questions under their indicators, with the cells that a focal point fills in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gci.reference.direction import isolated
from gci.reference.labels import QuestionText, answer_labels, concept_labels, question_texts
from gci.reference.seeds import Node
from gci.survey.form.filling import Filling
from gci.survey.form.form import Pillar, choices
from gci.survey.form.formats import Formats, height
from gci.survey.form.previous import Given, Previous
from gci.survey.words import Words, words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Code of each column, in row 1 for readers, and its width. The first is hidden, as is row 1.
COLUMNS = {
    "item": 8,
    "number": 8,
    "question": 46,
    "help": 40,
    "evidence_required": 12,
    "answer": 14,
    "evidence_url": 38,
    "comment": 38,
    "status": 16,
    "previous": 20,
}
_AT = {code: place for place, code in enumerate(COLUMNS)}
_FIRST = 3  # row of the first indicator, from 0: codes, title and headings stand above
_LONGEST = 32_767  # characters that a cell holds
_LONGEST_MESSAGE = 255


@dataclass(frozen=True)
class Counts:
    """What the start sheet counts of a pillar.

    Attributes:
        pillar: its code.
        sheet: name of its sheet.
        questions: how many there are.
        answers: the cells of its answers, e.g. F4:F20.
        status: the cells of its remarks.
        answered: how many are answered now.
        missing: how many of those lack evidence now.
    """

    pillar: str
    sheet: str
    questions: int
    answers: str
    status: str
    answered: int
    missing: int


def write_pillar(
    sheet: Worksheet, formats: Formats, pillar: Pillar, edition: str, language: str, filling: Filling
) -> Counts:
    """Fill the sheet of a pillar.

    Args:
        sheet: an empty sheet.
        formats: the workbook's formats.
        pillar: the pillar with its indicators and questions.
        edition: the edition that asks.
        language: of the texts.
        filling: the answers that stand in it already, and what the state had before.
    """
    said = words(language)
    _write_head(
        sheet, formats, said, concept_labels(language)[pillar.node.concept], hides_previous=not filling.previous
    )
    row, answered, missing, questions = _FIRST, 0, 0, 0
    for indicator in pillar.indicators:
        _write_heading(sheet, formats, row, indicator.node, language, filling.previous)
        row += 1
        for question in indicator.questions:
            given = filling.answers.get(question.node)
            lacks = _write_question(sheet, formats, row, question, edition, language, given)
            _write_before(sheet, formats, row, question, language, filling.previous)
            questions, answered, missing = questions + 1, answered + (given is not None), missing + lacks
            row += 1
    _set_up_page(sheet, row)
    return Counts(
        pillar.node.concept,
        sheet.get_name(),
        questions,
        _cells("answer", row),
        _cells("status", row),
        answered,
        missing,
    )


def _write_head(sheet: Worksheet, formats: Formats, said: Words, title: str, *, hides_previous: bool) -> None:
    for place, width in enumerate(COLUMNS.values()):
        sheet.set_column(place, place, width)
    sheet.set_column(0, 0, COLUMNS["item"], None, {"hidden": True})
    if hides_previous:
        sheet.set_column(_AT["previous"], _AT["previous"], COLUMNS["previous"], None, {"hidden": True})
    sheet.write_row(0, 0, list(COLUMNS))
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, _AT["number"], title, formats["title"])
    heads = (said.number, said.question, said.help, said.required, said.answer, said.evidence, said.comment)
    for place, head in enumerate((*heads, said.status, said.previous), start=1):
        sheet.write_string(2, place, head, formats["header"])
    sheet.freeze_panes(_FIRST, _AT["help"])


def _write_heading(
    sheet: Worksheet, formats: Formats, row: int, indicator: Node, language: str, previous: Previous | None
) -> None:
    for place in range(1, len(COLUMNS)):
        sheet.write_blank(row, place, None, formats["heading"])
    sheet.write_string(row, _AT["number"], indicator.node, formats["heading"])
    sheet.write_string(row, _AT["question"], concept_labels(language)[indicator.concept], formats["heading"])
    score = previous.scores.get(indicator.concept) if previous else None
    if previous and score is not None:
        text = words(language).indicator_score.format(edition=previous.edition, score=f"{score:.2f}")
        sheet.write_string(row, _AT["previous"], text, formats["heading"])


def _write_question(
    sheet: Worksheet, formats: Formats, row: int, question: Node, edition: str, language: str, given: Given | None
) -> bool:
    """Write the row of a question; gives whether its answer lacks evidence."""
    said, labels, text = words(language), answer_labels(language), _text(edition, language, question)
    sheet.write_string(row, _AT["item"], question.node)
    sheet.write_string(row, _AT["number"], question.node, formats["locked"])
    sheet.write_string(row, _AT["question"], text.text, formats["locked"])
    sheet.write_string(row, _AT["help"], text.help, formats["faint"])
    sheet.write_string(
        row, _AT["evidence_required"], said.is_required if question.evidence_required else "", formats["faint"]
    )
    sheet.set_row(row, height((text.text, COLUMNS["question"]), (text.help, COLUMNS["help"])))
    answer = labels[given.answer] if given else ""
    look = formats["prefilled" if given else "open"]
    for code, value in (
        ("answer", answer),
        ("evidence_url", (given and given.evidence_url) or ""),
        ("comment", (given and given.comment) or ""),
    ):
        fits = value if len(value) <= _LONGEST else ""
        sheet.write(row, _AT[code], fits or None, look)
    allowed = choices(question)
    sheet.data_validation(
        row,
        _AT["answer"],
        row,
        _AT["answer"],
        {
            "validate": "list",
            "source": "=_lists!$A$1:$A$3" if "partial" in allowed else "=_lists!$B$1:$B$2",
            "input_title": f"{said.answer} {question.node}",
            "input_message": text.help[:_LONGEST_MESSAGE],
            "error_title": f"{said.answer} {question.node}",
            "error_message": " / ".join(labels[one] for one in allowed),
        },
    )
    return _write_status(sheet, formats, row, question, said, given)


def _text(edition: str, language: str, question: Node) -> QuestionText:
    """What is asked, with addresses in one piece where the language runs from right to left."""
    text = question_texts(edition, language)[question.node]
    return QuestionText(isolated(text.text, language), isolated(text.help, language))


def _write_status(
    sheet: Worksheet, formats: Formats, row: int, question: Node, said: Words, given: Given | None
) -> bool:
    """Write the formula that says what is left to do; gives whether the answer lacks evidence now."""
    answer, link = _cell("answer", row), _cell("evidence_url", row)
    lacks = bool(question.evidence_required and given and given.answer != "no" and not given.evidence_url)
    left = (
        f'IF(AND({answer}<>_lists!$A$3,{link}=""),"{said.evidence_missing}","")' if question.evidence_required else '""'
    )
    now = said.evidence_missing if lacks else "" if given else said.not_answered
    sheet.write_formula(
        row, _AT["status"], f'=IF({answer}="","{said.not_answered}",{left})', formats["alert"], value=now
    )
    sheet.conditional_format(
        row,
        _AT["evidence_url"],
        row,
        _AT["evidence_url"],
        {
            "type": "formula",
            "criteria": f'=${_cell("status", row)}="{said.evidence_missing}"',
            "format": formats.missing,
        },
    )
    sheet.data_validation(
        row,
        _AT["evidence_url"],
        row,
        _AT["evidence_url"],
        {
            "validate": "custom",
            "value": f'=OR(LEFT({link},7)="http://",LEFT({link},8)="https://")',
            "error_type": "warning",
            "error_title": question.node,
            "error_message": said.link_wrong,
        },
    )
    return lacks


def _write_before(
    sheet: Worksheet, formats: Formats, row: int, question: Node, language: str, previous: Previous | None
) -> None:
    given = previous.answers.get(question.concept) if previous else None
    text = ""
    if previous and given:
        answer = answer_labels(language)[given.answer]
        text = words(language).answered_before.format(edition=previous.edition, answer=answer)
    sheet.write_string(row, _AT["previous"], text, formats["faint"])


def _set_up_page(sheet: Worksheet, rows: int) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 1, rows - 1, len(COLUMNS) - 1)


def _cell(code: str, row: int) -> str:
    return f"{chr(ord('A') + _AT[code])}{row + 1}"


def _cells(code: str, end: int) -> str:
    """The cells of a column from the first indicator to the row before `end`."""
    return f"{_cell(code, _FIRST)}:{_cell(code, end - 1)}"
