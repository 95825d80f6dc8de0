"""JSON as APIs give it: one document, or the pages of one answer saved one after the other → rows."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import At, Report, UnreadableError, span
from gci.readers.grid import as_text
from gci.readers.header import match
from gci.readers.rows import Columns, Form, Row
from gci.readers.text import decoded

LARGEST = 50_000_000  # bytes: a document is read whole
# How fields are called that tell things apart: id, _id, @id, team_id, teamId, uuid, slug.
_TELLS_APART = re.compile(r"(?:.*[\W_])?(?:[Ii][Dd]|(?:uuid|UUID|guid|GUID|key|slug|url|uri))|.*[a-z](?:Id|ID)")
# What a backslash begins: a character written as two halves, one half alone, or anything else.
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The objects of the list that a layout points to, over all pages; a row's number is its place in that list.

    A saved page is a document of its own, on a line of its own or after the one before. Where the answer says how many
    rows it has in all, pages that are missing are refused; so are rows that come twice. Raises UnreadableError.
    """
    form = layouts[0].form
    pages = list(documents(content, report))
    objects = [entry for page in pages for entry in _entries(page, form, report)]
    if not objects:
        raise report.stop("no_rows")
    _refuse_holes(pages, len(objects), form, report)
    _refuse_repeats(objects, layouts, report)
    names: dict[str, None] = {}
    for entry in objects:
        names.update(dict.fromkeys(entry))
    header = match(list(names), 1, layouts, report)
    spelt = {name: list(names)[index] for name, index in header.places.items()}
    absent = dict.fromkeys(header.missing, "")
    for number, entry in enumerate(objects, 1):
        gone = [name for name in header.layout.required if spelt[name] not in entry]
        if gone:
            report.add("field_missing", At(number, gone[0]), found=", ".join(gone))
            continue
        yield Row(number, {name: text(entry.get(label)) for name, label in spelt.items()} | absent)


def documents(content: BinaryIO, report: Report) -> Iterator[Any]:
    """The JSON documents of a file.

    Raises UnreadableError when it is too big or no JSON, and for an object that has a name twice: only the last would
    be seen.
    """
    raw = content.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise report.stop("too_big", found=len(raw), limit=LARGEST)
    text = _of_whole_characters(decoded(raw, report), report)
    decoder = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_each_name_once)
    place = _after_blanks(text, 0)
    if place == len(text):
        raise report.stop("empty_file")
    while place < len(text):
        try:
            document, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise report.stop("not_json", At(error.lineno), found=_in_words(error.msg)) from None
        except _NotOurs as error:
            raise report.stop("not_json", At(text.count("\n", 0, place) + 1), found=error.why) from None
        except (ValueError, RecursionError):
            raise report.stop("not_json", At(text.count("\n", 0, place) + 1), found=_NO_WORDS) from None
        yield document
        place = _after_blanks(text, end)


def at(document: Any, path: str) -> Any:
    """What stands at a path of names (or places in a list) joined by dots; None when there is nothing."""
    for name in filter(None, path.split(".")):
        if isinstance(document, dict):
            document = document.get(name)
        elif isinstance(document, list) and name.isdecimal() and int(name) < len(document):
            document = document[int(name)]
        else:
            return None
    return document


def _entries(page: Any, form: Form, report: Report) -> list[dict[str, Any]]:
    entries = at(page, form.rows_at)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise report.stop("no_list", expected=form.rows_at or "the document itself")
    return entries


def _refuse_holes(pages: Sequence[Any], count: int, form: Form, report: Report) -> None:
    totals = {text(at(page, form.total_at)) for page in pages} if form.total_at else {str(count)}
    if totals != {str(count)}:
        raise report.stop("pages_missing", found=count, expected=", ".join(sorted(total or "–" for total in totals)))


def _refuse_repeats(objects: Sequence[dict[str, Any]], layouts: Sequence[Columns], report: Report) -> None:
    """Refuse rows that come twice: pages of an answer that changes its order overlap, and leave rows out."""
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for number, entry in enumerate(objects, 1):
        said = json.dumps(_known_by(entry, layouts[0]), sort_keys=True, ensure_ascii=False)
        if (before := first.setdefault(said, number)) != number:
            again[number] = before
    if again:
        number, before = next(iter(again.items()))
        report.add("row_twice", At(number), first_row=before, rows=span(again))
        if layouts[0].form.total_at:
            different = len(objects) - len(again)
            raise report.stop("pages_missing", found=different, expected=len(objects))
        raise UnreadableError


def _known_by(entry: Mapping[str, Any], layout: Columns) -> Any:
    """What a row is told apart by: the fields that the layout names as its key, however they are written.

    Where it lacks one of them, or the layout names none: what the layout reads of it, with whatever is called an id.
    A time of fetching or a place in the list may change from page to page and makes no other row of it. A row of a
    layout without a key that has no id either is known by all that it says.
    """
    plain = {name.casefold(): text(value) for name, value in entry.items()}
    key = [plain.get(name.casefold(), "") for name in layout.form.key]
    if key and all(key):
        return key
    ids = {name.casefold() for name, value in entry.items() if _TELLS_APART.fullmatch(name) and text(value)}
    read = {name.casefold() for name in layout.known}
    if not key and not ids - read:
        return entry
    return {name: value for name, value in plain.items() if value and (name in ids or name in read)}


def text(value: Any) -> str:
    """A value of a document as text; '' for null, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return as_text(value).strip()


def _of_whole_characters(text: str, report: Report) -> str:
    """The document with U+FFFD for each half of a character that stands alone; no file or table can hold one."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    halves = sum(bool(escape[1]) for escape in _ESCAPES.finditer(text))
    if not halves:
        return text
    report.add("half_characters", count=halves)
    return _ESCAPES.sub(lambda escape: r"\ufffd" if escape[1] else escape[0], text)


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n\x1e":
        place += 1
    return place


class _NotOurs(ValueError):
    """JSON that is not taken, and why."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(str(why))
        self.why = why


_NO_WORDS = Phrase("it is nested too deeply, or a number is too long")
# How the json module of Python begins what it says of a fault.
_FAULTS = (
    ("Expecting value", Phrase("Expecting value")),
    ("Expecting property name", Phrase("Expecting property name enclosed in double quotes")),
    ("Expecting ':'", Phrase("Expecting ':' delimiter")),
    ("Expecting ','", Phrase("Expecting ',' delimiter")),
    ("Unterminated string", Phrase("Unterminated string starting at")),
    ("Invalid control character", Phrase("Invalid control character at")),
    ("Invalid \\", Phrase("Invalid escape")),
    ("Illegal trailing comma", Phrase("Illegal trailing comma")),
)


def _in_words(said: str) -> Phrase:
    return next((told for begins, told in _FAULTS if said.startswith(begins)), _NO_WORDS)


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotOurs(Phrase("the name {name} is there twice", (("name", twice),)))
    return found


def _no_constant(name: str) -> Any:
    raise _NotOurs(Phrase("{name} is no JSON", (("name", name),)))
