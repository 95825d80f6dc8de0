"""What a questionnaire holds that is not read: it is mentioned, so that nobody takes it for read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from gci.diagnostics.problems import At, Report
from gci.readers import Row
from gci.readers.addresses import Place, address_of, column_letters, column_number
from gci.readers.sheet import Cell, Sheet
from gci.reference.labels import LANGUAGES
from gci.survey.words import words

_TITLE = 2
_HEAD = 3  # rows that every sheet of questions begins with: codes, title, headings
_MOST_NAMED = 10


def say_what_is_not_read(sheet: Sheet, header: Sequence[str], rows: Sequence[Row], report: Report) -> None:
    """Report texts, links, notes and pictures of a sheet of questions that are not part of the return.

    Args:
        sheet: the sheet.
        header: the codes of its columns.
        rows: the rows that are read.
        report: takes a warning for each kind of thing.
    """
    codes = {place: code for place, code in enumerate(header, start=1) if code}
    read = {row.number for row in rows}
    strange = [place for place in _unread(sheet, codes, read) if sheet.rows[place[0]][place[1]].text]
    _say("cells_not_read", strange, sheet, report)
    places = {code: column_number(letters) for code, letters in rows[0].labels.items()} if rows else {}
    answers = [places[code] for code in ("answer", "evidence_url", "comment") if code in places]
    linked = [place for place in sheet.links if not (place[0] in read and place[1] == places.get("evidence_url"))]
    _say("links_not_read", sorted(linked), sheet, report)
    if sheet.visible:
        say_hidden(sheet, read, answers, report)
    else:
        report.add("hidden_sheet_read", At(sheet=sheet.name), found=sheet.name)
    say_beside(sheet, report)


def say_sheet_not_read(sheet: Sheet, report: Report) -> None:
    """Report a sheet without questions that somebody put in; the one that a questionnaire opens with is none."""
    if sheet.rows and sheet.name not in {words(language).cover for language in LANGUAGES}:
        report.add("sheet_not_read", At(sheet=sheet.name), found=sheet.name)
    say_beside(sheet, report)


def say_hidden(sheet: Sheet, read: Set[int], columns: Sequence[int], report: Report) -> None:
    """Report rows and columns that are read and do not show, where something stands in them."""
    hidden = [number for number in sheet.hidden & read if any(column in sheet.rows[number] for column in columns)]
    if hidden:
        named = ", ".join(map(str, sorted(hidden)[:_MOST_NAMED]))
        report.add("hidden_rows_read", At(sheet=sheet.name), found=named, count=len(hidden))
    unseen = [column for column in columns if any(a <= column <= b for a, b in sheet.hidden_columns)]
    written = [column for column in unseen if any(column in sheet.rows[number] for number in read)]
    if written:
        named = ", ".join(map(column_letters, written[:_MOST_NAMED]))
        report.add("hidden_columns_read", At(sheet=sheet.name), found=named, count=len(written))


def say_beside(sheet: Sheet, report: Report) -> None:
    """Report notes on cells, and pictures and other things that lie on a sheet."""
    for code, found in (("notes_not_read", sheet.notes), ("pictures_not_read", sheet.pictures)):
        if found:
            report.add(code, At(sheet=sheet.name), found=_named(found), count=len(found))


def _unread(sheet: Sheet, codes: dict[int, str], read: set[int]) -> Iterator[Place]:
    """The cells that stand where the questionnaire has nothing of its own and nothing is read."""
    coded = codes.keys()
    numbered = next((column for column, code in codes.items() if code == "number"), None)
    items = {column for column, code in codes.items() if code == "item"}
    answers = {column for column, code in codes.items() if code in ("answer", "evidence_url", "comment")}
    for number, row in sheet.rows.items():
        columns = row.keys() - coded if number > 1 else set()
        if number == _TITLE and number not in read:
            columns |= row.keys() & answers - _first_text(row)  # which is the title itself
        if number > _HEAD and number not in read:
            # A heading has the code of its indicator; a row that was put in has none.
            is_heading = numbered is None or numbered in row
            columns |= row.keys() & answers if is_heading else row.keys() - items
        yield from ((number, column) for column in sorted(columns))


def _first_text(row: Mapping[int, Cell]) -> set[int]:
    """The column of the first text in a row."""
    return set(sorted(column for column, cell in row.items() if cell.text)[:1])


def _say(code: str, places: Sequence[Place], sheet: Sheet, report: Report) -> None:
    if places:
        found = _named([address_of(place) for place in places])
        report.add(code, At(places[0][0], None, None, sheet.name), found=found, count=len(places))


def _named(found: Sequence[str]) -> str:
    return ", ".join(found[:_MOST_NAMED]) + (" …" if len(found) > _MOST_NAMED else "")
