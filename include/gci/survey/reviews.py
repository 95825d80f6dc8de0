"""The rules on a review file: one edition, any states, one verdict an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gci.diagnostics.problems import Report, quoted
from gci.readers import Columns, Form, Row
from gci.readers.invisible import visible
from gci.reference.validation_context import ValidationContext
from gci.storage.content import Column, Content
from gci.survey.keys import SHAPES, Values, editions, item_of, numbers, refuse_strangers, states
from gci.survey.returns import at_most, read_answer
from gci.survey.texts import LONGEST_TEXT, text_of

LAYOUTS = (
    Columns(
        ("edition", "iso3", "item", "verdict", "answer", "reason", "reviewer", "reviewed_on"),
        form=Form(texts="reason", shapes=SHAPES),
    ),
)
MOST_ROWS = 100_000
VERDICTS = ("accepted", "changed", "evidence_missing")
_FIRST_YEAR = 2000


def check_reviews(rows: Iterable[Row], book: ValidationContext, report: Report, folder: str | None) -> Content:
    """What a review file says. `folder` is the edition of the inbox folder that it lies in, None outside an inbox."""
    listed = at_most(rows, MOST_ROWS, report)
    about_editions = editions(listed, book, report, folder)
    about_states = states(listed, book, report)
    edition = about_editions.only
    if edition is not None:
        refuse_strangers(about_states, book.editions[edition], book, report)
    columns = _verdicts(listed, about_editions, about_states, book, report)
    reviewed = len(columns["item"])
    return Content(edition, about_states.only, None, None, reviewed, reviewed, columns=columns)


def _verdicts(
    rows: list[Row], about_editions: Values, about_states: Values, book: ValidationContext, report: Report
) -> dict[str, Column]:
    """The columns of the rows that can be read."""
    names = ("iso3", "item", "verdict", "answer", "reason", "reviewer", "reviewed_on", "row")
    columns: dict[str, Column] = {name: [] for name in names}
    seen: dict[tuple[str, str, str], tuple[tuple[str | None, str | None], int]] = {}
    for row in rows:
        edition = about_editions.by_text[row.cells["edition"]]
        iso3 = about_states.by_text[row.cells["iso3"]]
        item = item_of(row, book.editions[edition], book, report) if edition is not None else None
        if edition is None or item is None or iso3 is None:
            continue
        verdict, answer, reason = _outcome(row, item, edition, book, report)
        reviewer = _filled(row, "reviewer", report, item)
        reviewed_on = _day(row, report, item)
        key, outcome = (edition, iso3, item), (verdict, answer)
        if key in seen:
            first, first_row = seen[key]
            code = "review_twice_same" if first == outcome else "review_twice"
            report.add(code, row.at("item", item), iso3=iso3, first_row=first_row)
            continue
        seen[key] = (outcome, row.number)
        cells = (iso3, item, verdict, answer, reason, reviewer, reviewed_on, str(row.number))
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return columns


def _outcome(
    row: Row, item: str, edition: str, book: ValidationContext, report: Report
) -> tuple[str | None, str | None, str | None]:
    """Verdict, new answer and reason of a row: a changed answer has both of the latter, another verdict no answer."""
    verdict = _verdict(row, report, item)
    answer = read_answer(row, item, book.editions[edition], report).value
    reason = text_of(row, "reason", report, item)
    if verdict == "changed":
        for column in ("answer", "reason"):
            if not row.cells[column]:
                report.add("change_incomplete", row.at(column, item), found=quoted(column))
    elif verdict is not None and row.cells["answer"]:
        found = quoted(row.cells["answer"])
        report.add("answer_without_change", row.at("answer", item), verdict=verdict, found=found)
    return verdict, answer, reason


def _verdict(row: Row, report: Report, item: str) -> str | None:
    text = _filled(row, "verdict", report, item)
    text = None if text is None else visible(text)
    if text is None or text in VERDICTS:
        return text
    place = row.at("verdict", item)
    if text.casefold() in VERDICTS:
        report.add("verdict_case", place, found=quoted(text), expected=text.casefold())
        return text.casefold()
    report.add("verdict_unknown", place, found=quoted(text), known=", ".join(VERDICTS))
    return None


def _filled(row: Row, column: str, report: Report, item: str) -> str | None:
    """The text of a cell that must not be empty."""
    text = text_of(row, column, report, item)
    if text is None and len(row.cells[column]) <= LONGEST_TEXT:
        report.add("cell_empty", row.at(column, item), found=quoted(column), rows=numbers([row]))
    return text


def _day(row: Row, report: Report, item: str) -> str | None:
    """The day of the review as YYYY-MM-DD."""
    text = _filled(row, "reviewed_on", report, item)
    if text is None:
        return None
    text = visible(text)
    try:
        day = date.fromisoformat(text) if len(text) == len("2024-05-31") else None
    except ValueError:
        day = None
    if day is None or day.year < _FIRST_YEAR or day.isoformat() != text:
        report.add("date_not_iso", row.at("reviewed_on", item), found=quoted(text))
        return None
    return text
