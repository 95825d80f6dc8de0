"""The rules on a return: one state, one edition, at most one answer an item."""

from __future__ import annotations

from collections.abc import Iterable

from gci.collect.answers import CHOICES, UNANSWERED, Reading, read_choice, read_number
from gci.collect.content import Column, Content
from gci.collect.keys import Values, editions, item_of, refuse_strangers, refuse_two, states, values_of
from gci.collect.problems import At, Report, catalogue, quoted, span
from gci.collect.readers import Columns, Row
from gci.collect.rulebook import EditionRules, Rulebook
from gci.collect.texts import link_of, text_of

LAYOUTS = (Columns(("edition", "iso3", "item", "answer", "evidence_url", "comment"), ("collector",)),)
MOST_ROWS = 10_000
COLLECTORS = ("state", "desk")


def check_return(rows: Iterable[Row], book: Rulebook, report: Report, folder: str | None) -> Content:
    """What a return says. `folder` is the edition of the inbox folder that it lies in, None outside an inbox."""
    listed = at_most(rows, MOST_ROWS, report)
    about_editions = editions(listed, book, report, folder)
    about_states = states(listed, book, report)
    refuse_two(about_states, "iso3", "two_states", report)
    collector = _collector(listed, report)
    edition = about_editions.only
    if edition is not None:
        refuse_strangers(about_states, book.editions[edition], book, report)
    columns = _answers(listed, about_editions, about_states, book, report)
    answered = sum(answer is not None for answer in columns["answer"])
    items = len(book.editions[edition].items) if edition is not None else 0
    if edition is not None and not answered and not report.refused:
        report.add("nothing_answered", items=items)
    return Content(edition, about_states.only, collector, None, answered, items, columns)


def at_most(rows: Iterable[Row], most: int, report: Report) -> list[Row]:
    """The rows as a list. Raises UnreadableError when there are more than `most`."""
    listed: list[Row] = []
    for row in rows:
        if len(listed) == most:
            raise report.stop("too_many_rows", At(row.number), limit=most)
        listed.append(row)
    return listed


def read_answer(row: Row, item: str, rules: EditionRules, report: Report) -> Reading:
    """The answer of a row to an item of the edition, its problem reported."""
    text = row.cells["answer"]
    if not text:
        return UNANSWERED
    reading = read_number(text) if rules.asks_numbers else read_choice(text, allows_partial=rules.items[item])
    if reading.code is not None:
        report.add(
            reading.code,
            At(row.number, "answer", item, row.sheet),
            found=quoted(text),
            value=reading.value,
            known=", ".join(CHOICES),
            nothing="0" if rules.asks_numbers else "no",
        )
    return reading


def _collector(rows: list[Row], report: Report) -> str | None:
    """Who answered: the one value of the optional column; an empty cell is the state itself."""

    def resolve(text: str, numbers: list[int]) -> str | None:
        low = text.casefold() or "state"
        place, words = At(numbers[0], "collector"), {"rows": span(numbers), "found": quoted(text)}
        if low not in COLLECTORS:
            report.add("collector_unknown", place, **words)
            return None
        if text and text != low:
            report.add("collector_case", place, **words, expected=low)
        return low

    values = values_of(rows, "collector", resolve)
    refuse_two(values, "collector", "two_collectors", report)
    return values.only


def _answers(
    rows: list[Row], about_editions: Values, about_states: Values, book: Rulebook, report: Report
) -> dict[str, Column]:
    """The columns item, answer, evidence_url, comment, sheet and row of the rows that can be read."""
    columns: dict[str, Column] = {name: [] for name in ("item", "answer", "evidence_url", "comment", "sheet", "row")}
    seen: dict[tuple[str, str | None, str], tuple[Reading, int]] = {}
    for row in rows:
        edition = about_editions.by_text[row.cells["edition"]]
        if edition is None:
            continue
        rules = book.editions[edition]
        item = item_of(row, rules, book, report)
        if item is None:
            continue
        reading = read_answer(row, item, rules, report)
        key = (edition, about_states.by_text[row.cells["iso3"]], item)
        if key in seen:
            _say_twice(row, item, reading, seen[key], report)
            continue
        seen[key] = (reading, row.number)
        link = link_of(row, "evidence_url", report, item)
        comment = text_of(row, "comment", report, item)
        cells = (item, reading.value, link, comment, row.sheet, str(row.number))
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return columns


def _say_twice(row: Row, item: str, reading: Reading, first: tuple[Reading, int], report: Report) -> None:
    """Report an item that came before in the file. Answers that could not be read are reported as such already."""
    first_reading, first_row = first
    if any(one.code and catalogue()[one.code].severity == "error" for one in (reading, first_reading)):
        return
    code = "item_twice_same" if reading.value == first_reading.value else "item_twice"
    report.add(code, At(row.number, "item", item, row.sheet), found=item, first_row=first_row)
