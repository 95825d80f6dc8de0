"""The questionnaire as a workbook → the return in it. Columns and items by their hidden codes, never by position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from gci.collect.problems import At, Report, quoted
from gci.collect.readers import Row
from gci.collect.readers.archive import OF_A_RETURN, Contents, admit, column_letters, column_number
from gci.collect.readers.grid import Grid, as_text
from gci.collect.rulebook import Rulebook
from gci.collect.sent import Sent
from gci.labels import LANGUAGES

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SCHEMA = "gci-questionnaire/1"
FORM = "_form"
COLUMNS = ("item", "answer", "evidence_url", "comment")
_ABOUT = ("edition", "iso3", "language", "form_version", "collector", "synthetic")
_NEEDED = ("schema", "edition", "iso3", "language", "form_version")
_MOST_FORM_ROWS = 100


@dataclass(frozen=True)
class Opened:
    """A workbook that may be read.

    Attributes:
        book: as calamine has it.
        formulas: sheet → its cells with a formula.
        errors: sheet → its cells that show an error.
    """

    book: CalamineWorkbook
    formulas: dict[str, set[str]]
    errors: dict[str, set[str]]


def open_workbook(content: BinaryIO, report: Report) -> Opened:
    """Open a workbook that somebody sent. Raises UnreadableError, the reason reported, when it is unfit to be read."""
    from python_calamine import CalamineError, PasswordError, XmlError, ZipError, load_workbook

    contents = admit(content, report, OF_A_RETURN)
    if contents.macros:
        raise report.stop("workbook_with_macros")
    if contents.links:
        raise report.stop("workbook_with_links")
    try:
        book = load_workbook(content)
    except (CalamineError, PasswordError, XmlError, ZipError):
        raise report.stop("not_a_workbook") from None
    return Opened(book, *_by_sheet(contents, book, report))


def is_questionnaire(opened: Opened) -> bool:
    """Whether the workbook is one of ours: it says so on a hidden sheet."""
    return FORM in opened.book.sheet_names


def read(opened: Opened, book: Rulebook, report: Report) -> Sent:
    """The return in a questionnaire. Raises UnreadableError when nothing in it can be trusted."""
    from python_calamine import CalamineError, XmlError

    try:
        heads = _heads(opened, report)
        said = {name: text for head in heads for name, text in head.cells.items()}
        language = said["language"].lower()
        report.language = language if language in LANGUAGES else "en"
        rules = book.editions.get(said["edition"])
        items = [] if rules is None else rules.asked(said["form_version"])
        rows, without_codes = _rows(opened, report, book.answer_labels.get(language, {}), frozenset(items))
    except (CalamineError, XmlError):
        raise report.stop("not_a_workbook") from None
    _say_what_is_gone(rows, without_codes, items, report)
    return Sent(heads, rows, report, labels=dict(book.answer_labels.get(language, {})))


def table(opened: Opened, report: Report) -> Grid:
    """The only sheet that shows, as a table. Raises UnreadableError where there are several, or formulas in it."""
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, XmlError

    shown = [
        one.name
        for one in opened.book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]
    if len(shown) != 1:
        raise report.stop("not_a_questionnaire")
    for cells in (opened.formulas[shown[0]], opened.errors[shown[0]]):
        if cells:
            raise report.stop("formula_cell", At(sheet=shown[0]), found=min(cells))
    try:
        records = [record for _, record in _records(opened.book.get_sheet_by_name(shown[0]))]
    except (CalamineError, XmlError):
        raise report.stop("not_a_workbook") from None
    return Grid(records, (), shown[0])


def _by_sheet(contents: Contents, book: CalamineWorkbook, report: Report) -> tuple[dict[str, set[str]], ...]:
    """Cells with formulas and with errors by sheet. Refuses a workbook whose sheets cannot be told apart."""
    sheets = contents.sheets()
    if set(sheets) != {one.name for one in book.sheets_metadata}:
        raise report.stop("not_a_workbook")
    found = []
    for cells in (contents.formulas, contents.errors):
        by_part = {part.lower(): places for part, places in cells.items()}
        found.append({name: by_part.get(part.lower(), set()) for name, part in sheets.items()})
    return tuple(found)


def _heads(opened: Opened, report: Report) -> list[Row]:
    """What the hidden sheet says of the return, one row a key. Raises UnreadableError when it is not whole."""
    said: dict[str, tuple[str, int]] = {}
    for number, cells in _records(opened.book.get_sheet_by_name(FORM)):
        if number > _MOST_FORM_ROWS:
            break
        key, value = [*cells, "", ""][:2]
        if key and said.setdefault(key, (value, number))[0] != value:
            raise report.stop("form_sheet_damaged", At(number, "B", None, FORM), found=key)
    if opened.formulas[FORM]:
        raise report.stop("form_sheet_damaged", At(None, None, None, FORM), found=min(opened.formulas[FORM]))
    missing = [key for key in _NEEDED if not said.get(key, ("", 0))[0]]
    if missing:
        raise report.stop("form_sheet_damaged", At(None, None, None, FORM), found=", ".join(missing))
    schema, number = said["schema"]
    if schema != SCHEMA:
        raise report.stop("schema_unknown", At(number, "B", None, FORM), found=quoted(schema), known=SCHEMA)
    return [Row(said[key][1], {key: said[key][0]}, FORM, {key: "B"}) for key in _ABOUT if key in said]


def _rows(
    opened: Opened, report: Report, labels: Mapping[str, str], items: frozenset[str]
) -> tuple[list[Row], list[str]]:
    """The rows that have the code of an item, and the names of sheets that show items and have lost their codes."""
    rows: list[Row] = []
    without_codes = []
    for name in opened.book.sheet_names:
        if name.startswith("_"):
            continue
        sheet = opened.book.get_sheet_by_name(name)
        records = _records(sheet)
        _, first = next(records, (1, []))
        if "item" not in first:
            if any(not items.isdisjoint(record) for record in chain([first], (record for _, record in records))):
                without_codes.append(name)
            continue
        found = list(_sheet_rows(name, first, records, opened, report, labels))
        _refuse_merged(sheet, found, report)
        rows += found
    return rows, without_codes


def _sheet_rows(
    name: str,
    header: list[str],
    records: Iterator[tuple[int, list[str]]],
    opened: Opened,
    report: Report,
    labels: Mapping[str, str],
) -> Iterator[Row]:
    places = {code: header.index(code) for code in COLUMNS if code in header}
    for code in COLUMNS:
        if header.count(code) != 1:
            problem = "column_twice" if code in header else "missing_column"
            raise report.stop(problem, At(1, None, None, name), found=quoted(code))
    letters = {code: column_letters(index + 1) for code, index in places.items()}
    for number, record in records:
        cells = {code: record[index] if index < len(record) else "" for code, index in places.items()}
        row = Row(number, cells, name, letters)
        if not cells["item"]:
            _refuse_lost_answer(row, report, labels)
            continue
        for code in COLUMNS:
            cell = f"{letters[code]}{number}"
            if cell in opened.formulas[name]:
                report.add("formula_cell", row.at(code, cells["item"]), found=cell)
                cells[code] = "" if code != "item" else cells[code]
            elif cell in opened.errors[name]:
                report.add("cell_error", row.at(code, cells["item"]), found=cell)
        yield row


def _refuse_lost_answer(row: Row, report: Report, labels: Mapping[str, str]) -> None:
    """Report an answer in a row without the code of an item: a row that was put in, or whose code was deleted."""
    text = row.cells["answer"].casefold()
    if text in labels or text in labels.values():
        report.add("answer_without_item", row.at("answer"), found=quoted(row.cells["answer"]))


def _refuse_merged(sheet: CalamineSheet, rows: list[Row], report: Report) -> None:
    """Report cells that reach over the rows of several questions: only the uppermost keeps what is written there."""
    places = {code: column_number(letters) for code, letters in rows[0].labels.items()} if rows else {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        touched = [row for row in rows if top < row.number <= bottom + 1]
        codes = [code for code, place in places.items() if left < place <= right + 1]
        if bottom > top and touched and codes:
            span = f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
            report.add("merged_cells", touched[0].at(codes[0], touched[0].cells["item"]), found=span)


def _say_what_is_gone(rows: list[Row], without_codes: list[str], items: Iterable[str], report: Report) -> None:
    """Report items of the edition without a row: an error where a sheet has lost its codes, and answers with them."""
    there = {row.cells["item"].casefold() for row in rows}
    gone = [item for item in items if item.casefold() not in there]
    if gone and without_codes:
        report.add(
            "sheet_without_codes", At(None, None, None, without_codes[0]), found=", ".join(map(quoted, without_codes))
        )
    elif gone:
        report.add("items_without_row", found=", ".join(gone[:10]), count=len(gone))


def _records(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet from its first, as texts without outer blanks, each with its number."""
    if sheet.start is None:
        return
    before = [""] * sheet.start[1]
    for number, record in enumerate(sheet.iter_rows(), start=1):
        yield number, before + [cell.strip() if isinstance(cell, str) else as_text(cell).strip() for cell in record]
