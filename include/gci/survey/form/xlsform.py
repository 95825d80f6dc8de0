"""The questionnaire as an XLSForm, for ODK Central and KoboToolbox: one form for all states, in six languages.

Names are codes with `_` for `.`, since XForms allows no dots: ls1.1 is ls1_1, with ls1_1_evidence and ls1_1_comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from gci.reference.direction import isolated
from gci.reference.labels import LANGUAGE_NAMES, LANGUAGES, answer_labels, concept_labels, question_texts
from gci.reference.seeds import Node, member_states, members
from gci.survey.form.form import ANSWERS, Form, choices
from gci.survey.words import Words, words

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_SURVEY = ("type", "name", "appearance", "required", "relevant", "constraint", "calculation", "default")
_CHOICES = ("list_name", "name")
_LINK = r"regex(., '^https?://[^\s]+$')"

Cells = dict[str, str]


def xlsform(form: Form) -> bytes:
    """The XLSForm of an edition.

    Args:
        form: its questionnaire.

    Returns:
        The bytes of an XLSX file with the sheets survey, choices and settings; the same for the same form.
    """
    from xlsxwriter import Workbook

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        book.set_properties({"created": datetime(form.edition.reference_year, 1, 1)})  # noqa: DTZ001
        columns = [*_SURVEY, *_in_all("label"), *_in_all("hint"), *_in_all("constraint_message")]
        _write(book, "survey", columns, _survey(form))
        _write(book, "choices", [*_CHOICES, *_in_all("label")], _choices(form))
        settings = {
            "form_title": f"{words('en').index} {form.edition.edition}",
            "form_id": f"gci_{form.edition.edition}",
            "version": form.version,
            "default_language": _name("en"),
            "instance_name": f"concat('gci_{form.edition.edition}_', ${{iso3}})",
        }
        _write(book, "settings", list(settings), iter([settings]))
    return content.getvalue()


def name(item: str) -> str:
    """The name of an item in the form: ls1.1 is ls1_1."""
    return item.replace(".", "_")


def _survey(form: Form) -> Iterator[Cells]:
    yield {"type": "calculate", "name": "edition", "calculation": f"'{form.edition.edition}'"}
    # KoboToolbox writes a version of its own into submissions: that of the form goes along as an answer.
    yield {"type": "calculate", "name": "form_version", "calculation": f"'{form.version}'"}
    yield {
        "type": "select_one states",
        "name": "iso3",
        "appearance": "minimal autocomplete",
        "required": "yes",
        **_texts("label", lambda said, _: said.choose_state),
    }
    # One form for all rounds of questions: what a workbook with only the questions asked says by itself is asked here.
    yield {
        "type": "select_one yes_no",
        "name": "addition",
        "required": "yes",
        "default": "no",
        **_texts("label", lambda said, _: said.is_addition),
        **_texts("hint", lambda said, _: said.is_addition_means),
    }
    yield {"type": "note", "name": "partial_rule", **_texts("label", lambda said, _: said.partial_rule)}
    for pillar in form.pillars:
        yield _group(pillar.node)
        for indicator in pillar.indicators:
            yield _group(indicator.node) | {"appearance": "field-list"}
            for question in indicator.questions:
                yield from _question(form.edition.edition, question)
            yield {"type": "end_group"}
        yield {"type": "end_group"}


def _group(node: Node) -> Cells:
    return {"type": "begin_group", "name": node.node} | _texts(
        "label", lambda _, one: concept_labels(one)[node.concept]
    )


def _question(edition: str, question: Node) -> Iterator[Cells]:
    """The answer, the link to its evidence once there is something to show, and the comment."""
    code = name(question.node)
    yield {
        "type": f"select_one {_list(question)}",
        "name": code,
        **_texts("label", lambda _, one: question_texts(edition, one)[question.node].text),
        **_texts("hint", lambda _, one: question_texts(edition, one)[question.node].help),
    }
    # Not required even where evidence is: an answer without it may come in, and counts until the review.
    yield {
        "type": "text",
        "name": f"{code}_evidence",
        "appearance": "url",
        "relevant": f"${{{code}}} = 'yes' or ${{{code}}} = 'partial'",
        "constraint": _LINK,
        **_texts("label", lambda said, _: said.evidence),
        **(_texts("hint", lambda said, _: said.link_required) if question.evidence_required else {}),
        **_texts("constraint_message", lambda said, _: said.link_wrong),
    }
    yield {
        "type": "text",
        "name": f"{code}_comment",
        "appearance": "multiline",
        **_texts("label", lambda said, _: said.comment),
    }


def _choices(form: Form) -> Iterator[Cells]:
    for codes in (ANSWERS, tuple(code for code in ANSWERS if code != "partial")):
        for code in codes:
            labels = {one: answer_labels(one)[code] for one in LANGUAGES}
            yield {"list_name": "_".join(codes), "name": code} | _labels(labels)
    states = [state for iso3, state in member_states().items() if iso3 in members(form.edition.edition)]
    for state in sorted(states, key=lambda state: state.names["en"]):
        yield {"list_name": "states", "name": state.iso3} | _labels(state.names)


def _labels(texts: dict[str, str]) -> Cells:
    return {f"label::{_name(one)}": isolated(text, one) for one, text in texts.items()}


def _list(question: Node) -> str:
    """Name of the list of answers that a question allows."""
    return "_".join(choices(question))


def _texts(column: str, text: Callable[[Words, str], str]) -> Cells:
    """A text in every language, by the name of its column; addresses in one piece where it runs from right to left."""
    return {f"{column}::{_name(one)}": isolated(text(words(one), one), one) for one in LANGUAGES}


def _in_all(column: str) -> list[str]:
    return [f"{column}::{_name(one)}" for one in LANGUAGES]


def _name(language: str) -> str:
    """How XLSForm names a language, e.g. English (en)."""
    return f"{LANGUAGE_NAMES[language]} ({language})"


def _write(book: Workbook, sheet_name: str, columns: list[str], rows: Iterator[Cells]) -> None:
    sheet = book.add_worksheet(sheet_name)
    sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 2)
    for number, cells in enumerate(rows, start=1):
        for column, text in cells.items():
            sheet.write_string(number, columns.index(column), text)
