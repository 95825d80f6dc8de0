"""The questionnaire as a workbook → the return in it. Columns and items by their hidden codes, never by position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import BinaryIO

from gci.diagnostics.problems import At, Report, quoted
from gci.readers import Row
from gci.readers.addresses import address_of, column_letters, column_number
from gci.readers.archive import OF_A_RETURN
from gci.readers.book import Book
from gci.readers.invisible import visible
from gci.readers.sheet import Sheet
from gci.reference.labels import LANGUAGES
from gci.reference.validation_context import ValidationContext
from gci.survey.about import is_true
from gci.survey.formats import beside
from gci.survey.formats.links import link_of_cell
from gci.survey.formats.table import fault_of
from gci.survey.parsed_return import ParsedReturn
from gci.survey.words import words

SCHEMA = "gci-questionnaire/1"
FORM, LISTS = "_form", "_lists"  # sheets of its own, which have no questions
COLUMNS = ("item", "answer", "evidence_url", "comment")
_ABOUT = ("edition", "iso3", "language", "form_version", "collector", "synthetic", "addition")
_NEEDED = ("schema", "edition", "iso3", "language", "form_version")
_MOST_FORM_ROWS = 100


def open_workbook(content: BinaryIO, report: Report) -> Book:
    """Open a workbook that somebody sent. Raises UnreadableError, the reason reported, when it is unfit to be read."""
    book = Book(content, report, OF_A_RETURN)
    if book.has_macros:
        raise report.stop("workbook_with_macros")
    if book.has_links:
        raise report.stop("workbook_with_links")
    return book


def is_questionnaire(opened: Book) -> bool:
    """Whether the workbook is one of ours: it says so on a hidden sheet."""
    return FORM in opened.sheets


def read(opened: Book, book: ValidationContext, report: Report) -> ParsedReturn:
    """The return in a questionnaire. Raises UnreadableError when nothing in it can be trusted."""
    heads = _heads(opened.sheet(FORM), report)
    said = {name: text for head in heads for name, text in head.cells.items()}
    language = said["language"].lower()
    report.language = language if language in LANGUAGES else "en"
    rules = book.editions.get(said["edition"])
    items = [] if rules is None else rules.asked(said["form_version"])
    rows, without_codes = _rows(opened, report, book.answer_labels.get(language, {}), frozenset(items))
    # An addition has only the questions that were asked about: it says so, and what it has not is not missed.
    _say_what_is_gone(rows, without_codes, items, report, is_whole=not is_true(said.get("addition", "")))
    return ParsedReturn(heads, rows, report, labels=dict(book.answer_labels.get(language, {})))


def _heads(sheet: Sheet, report: Report) -> list[Row]:
    """What the hidden sheet says of the return, one row a key. Raises UnreadableError when it is not whole."""
    said: dict[str, tuple[str, int]] = {}
    for number, cells in sheet.records():
        if number > _MOST_FORM_ROWS:
            break
        key, value = [*cells, "", ""][:2]
        if key and said.setdefault(key, (value, number))[0] != value:
            raise report.stop("form_sheet_damaged", At(number, "B", None, FORM), found=key)
    faults = [address_of(place) for place, cell in sheet.cells() if fault_of(cell) is not None]
    if faults:
        raise report.stop("form_sheet_damaged", At(None, None, None, FORM), found=faults[0])
    missing = [key for key in _NEEDED if not said.get(key, ("", 0))[0]]
    if missing:
        raise report.stop("form_sheet_damaged", At(None, None, None, FORM), found=", ".join(missing))
    schema, number = said["schema"]
    if schema != SCHEMA:
        raise report.stop("schema_unknown", At(number, "B", None, FORM), found=quoted(schema), known=SCHEMA)
    return [Row(said[key][1], {key: said[key][0]}, FORM, {key: "B"}) for key in _ABOUT if key in said]


def _rows(
    opened: Book, report: Report, labels: Mapping[str, str], items: frozenset[str]
) -> tuple[list[Row], list[str]]:
    """The rows that have the code of an item, and the names of sheets that show items and have lost their codes."""
    rows: list[Row] = []
    without_codes = []
    for name in opened.sheets:
        if name in (FORM, LISTS):
            continue
        sheet = opened.sheet(name)
        header = sheet.record(1)
        if "item" not in header:
            of_items = any(not items.isdisjoint(record) for _, record in sheet.records())
            if of_items or {"answer", "evidence_url"} <= set(header) or name in _of_pillars():
                without_codes.append(name)
            else:
                beside.say_sheet_not_read(sheet, report)
            continue
        found = list(_sheet_rows(sheet, header, report, labels))
        _refuse_merged(sheet, found, report)
        beside.say_what_is_not_read(sheet, header, found, report)
        rows += found
    return rows, without_codes


@cache
def _of_pillars() -> frozenset[str]:
    """The names of the sheets of questions, in all languages."""
    return frozenset(name for language in LANGUAGES for name in words(language).sheets.values())


def _sheet_rows(sheet: Sheet, header: list[str], report: Report, labels: Mapping[str, str]) -> Iterator[Row]:
    places = {code: header.index(code) + 1 for code in COLUMNS if code in header}
    for code in COLUMNS:
        if header.count(code) != 1:
            problem = "column_twice" if code in header else "missing_column"
            raise report.stop(problem, At(1, None, None, sheet.name), found=quoted(code))
    letters = {code: column_letters(place) for code, place in places.items()}
    for number, record in sheet.rows.items():
        if number == 1:
            continue
        cells = {code: record[place].text if place in record else "" for code, place in places.items()}
        row = Row(number, cells, sheet.name, letters)
        if not cells["item"]:
            _refuse_lost_answer(row, report, labels)
            continue
        for code, place in places.items():
            at = row.at(code, cells["item"])
            if code == "evidence_url":
                linked = link_of_cell(record.get(place), sheet.links.get((number, place), ""), at, report)
                if linked is not None:
                    cells[code] = linked
                    continue
            if place in record and (fault := fault_of(record[place])) is not None:
                report.add(fault, at, found=f"{letters[code]}{number}")
                cells[code] = "" if code != "item" else cells[code]
        yield row


def _refuse_lost_answer(row: Row, report: Report, labels: Mapping[str, str]) -> None:
    """Report an answer in a row without the code of an item: a row that was put in, or whose code was deleted."""
    text = visible(row.cells["answer"]).casefold()
    if text in labels or text in labels.values():
        report.add("answer_without_item", row.at("answer"), found=quoted(row.cells["answer"]))


def _refuse_merged(sheet: Sheet, rows: list[Row], report: Report) -> None:
    """Report cells that reach over the rows of several questions: only the uppermost keeps what is written there."""
    places = {code: column_number(letters) for code, letters in rows[0].labels.items()} if rows else {}
    for span in sheet.merged:
        touched = [row for row in rows if span.top < row.number <= span.bottom + 1]
        codes = [code for code, place in places.items() if span.left < place <= span.right + 1]
        if span.bottom > span.top and touched and codes:
            area = f"{address_of((span.top + 1, span.left + 1))}:{address_of((span.bottom + 1, span.right + 1))}"
            report.add("merged_cells", touched[0].at(codes[0], touched[0].cells["item"]), found=area)


def _say_what_is_gone(
    rows: list[Row], without_codes: list[str], items: Iterable[str], report: Report, *, is_whole: bool
) -> None:
    """Report items of the edition without a row: an error where a sheet has lost its codes, and answers with them."""
    there = {row.cells["item"].casefold() for row in rows}
    gone = [item for item in items if item.casefold() not in there]
    if gone and without_codes:
        report.add(
            "sheet_without_codes", At(None, None, None, without_codes[0]), found=", ".join(map(quoted, without_codes))
        )
    elif gone and is_whole:
        report.add("items_without_row", found=", ".join(gone[:10]), count=len(gone))
