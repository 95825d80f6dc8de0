"""The rules on a return: one state, one edition, at most one answer an item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gci.diagnostics.problems import At, Report, catalogue, quoted, span
from gci.readers import Columns, Form, Row
from gci.reference.validation_context import EditionRules, ValidationContext
from gci.storage.content import Column, Content
from gci.survey.about import About, about
from gci.survey.answers import CHOICES, UNANSWERED, Reading, read_choice, read_number
from gci.survey.contradictions import warn_of_contradictions
from gci.survey.keys import SHAPES, Values, item_of
from gci.survey.parsed_return import ParsedReturn
from gci.survey.texts import link_of, text_of

LAYOUTS = (
    Columns(
        ("edition", "iso3", "item", "answer", "evidence_url", "comment"),
        ("collector", "form_version", "language", "synthetic", "addition"),
        Form(texts="comment|evidence_url", shapes=SHAPES),
    ),
)
MOST_ROWS = 10_000
_COLUMNS = ("item", "answer", "evidence_url", "comment", "sheet", "row", "form_version")


def check_return(sent: ParsedReturn, book: ValidationContext, folder: str | None, file: str) -> Content:
    """What a return says.

    Args:
        sent: the return as its file has it; its report takes the problems, in the language of the return.
        book: what it is held against.
        folder: the edition of the inbox folder that the file lies in, None outside an inbox.
        file: name of the file, which may say a state too.
    """
    report = sent.report
    subject = about(sent, book, folder, file)
    columns = _answers(sent, subject, book, report)
    rules = None if subject.edition is None else book.editions[subject.edition]
    answered = sum(answer is not None for answer in columns["answer"])
    items = len(rules.items) if rules is not None else 0
    if rules is not None and not answered and not report.refused:
        report.add("nothing_answered", items=items)
    if subject.addition:
        report.add("addition_taken", count=answered)
    return Content(
        edition=subject.edition,
        iso3=subject.states.only,
        collector=subject.collector,
        answered=answered,
        items=items,
        form_version=", ".join(sorted(subject.versions.rows)) or None,
        synthetic=subject.synthetic,
        addition=subject.addition,
        pillars=_by_pillar(columns, rules) if rules is not None else (),
        columns=columns,
    )


def at_most(rows: Iterable[Row], most: int, report: Report) -> list[Row]:
    """The rows as a list. Raises UnreadableError when there are more than `most`."""
    listed: list[Row] = []
    for row in rows:
        if len(listed) == most:
            raise report.stop("too_many_rows", At(row.number), limit=most)
        listed.append(row)
    return listed


def read_answer(
    row: Row, item: str, rules: EditionRules, report: Report, labels: dict[str, str] | None = None
) -> Reading:
    """The answer of a row to an item of the edition, its problem reported. `labels` are other texts of the choices."""
    text = row.cells["answer"]
    if not text:
        return UNANSWERED
    if rules.asks_numbers:
        reading = read_number(text)
    else:
        reading = read_choice(text, allows_partial=rules.items[item], labels=labels)
    if reading.code is not None:
        report.add(
            reading.code,
            row.at("answer", item),
            found=quoted(text),
            value=reading.value,
            known=", ".join(CHOICES),
            nothing="0" if rules.asks_numbers else "no",
        )
    return reading


def _answers(sent: ParsedReturn, subject: About, book: ValidationContext, report: Report) -> dict[str, Column]:
    """The columns of the rows that can be read, as text."""
    columns: dict[str, Column] = {name: [] for name in _COLUMNS}
    seen: dict[tuple[str, str | None, str], tuple[Reading, Row]] = {}
    for row in sent.rows:
        edition = _of(row, "edition", subject.editions)
        if edition is None:
            continue
        rules = book.editions[edition]
        item = item_of(row, rules, book, report)
        if item is None:
            continue
        reading = read_answer(row, item, rules, report, sent.labels)
        key = (edition, _of(row, "iso3", subject.states), item)
        if key in seen:
            _say_twice(row, item, reading, *seen[key], report)
            continue
        seen[key] = (reading, row)
        link = link_of(row, "evidence_url", report, item)
        comment = text_of(row, "comment", report, item)
        if subject.addition and not row.cells["answer"] and (link or comment):
            report.add("addition_without_answer", row.at("answer", item))
        version = _of(row, "form_version", subject.versions)
        cells = (item, reading.value, link, comment, row.sheet, str(row.number), version)
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    by_return: dict[tuple[str, str | None], dict[str, tuple[Reading, Row]]] = {}
    for (edition, iso3, item), read in seen.items():
        by_return.setdefault((edition, iso3), {})[item] = read
    for (edition, _), answers in by_return.items():
        warn_of_contradictions(answers, book.editions[edition].dependencies, report)
    return columns


def _of(row: Row, column: str, values: Values) -> str | None:
    """What a row is about: by its own cell, or as the return as a whole says."""
    return values.by_text[row.cells[column]] if column in row.cells else values.only


def _by_pillar(columns: dict[str, Column], rules: EditionRules) -> tuple[tuple[str, int, int], ...]:
    """Per pillar of the edition: its code, items with an answer, items."""
    answers = zip(columns["item"], columns["answer"], strict=True)
    given = [rules.pillars.get(str(item)) for item, answer in answers if answer is not None]
    asked = list(rules.pillars.values())
    return tuple((pillar, given.count(pillar), asked.count(pillar)) for pillar in dict.fromkeys(asked))


def _say_twice(row: Row, item: str, reading: Reading, first: Reading, first_row: Row, report: Report) -> None:
    """Report an item that came before in the file. Answers that could not be read are reported as such already."""
    if any(one.code and catalogue()[one.code].severity == "error" for one in (reading, first)):
        return
    code = "item_twice_same" if reading.value == first.value else "item_twice"
    where: Any = span([first_row.number])
    if first_row.sheet is not None:
        where = f"{first_row.sheet}!{first_row.at('item').column}{first_row.number}"
    report.add(code, row.at("item", item), found=item, first=where)
