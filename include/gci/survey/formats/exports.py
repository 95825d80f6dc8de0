"""Exports of ODK Central and KoboToolbox → their submissions: OData JSON, API v2 JSON, tables as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gci.diagnostics.problems import At, Report, UnreadableError, quoted
from gci.readers import Columns, Form, Row, json
from gci.reference.validation_context import ValidationContext
from gci.survey.formats import fields as names
from gci.survey.formats.submissions import sent_of, without_replaced
from gci.survey.formats.table import Flaw
from gci.survey.parsed_return import ParsedReturn

MOST_SUBMISSIONS = 10_000
LONGEST_RECORD = 2_000_000  # characters of one submission in a table
_MOST_NESTED = 20
_NONE: Mapping[int, list[Flaw]] = {}

# ODK writes tables with commas, KoboToolbox with semicolons; every column is taken under its own name.
LAYOUTS = tuple(
    Columns((), names.OF_A_TABLE, Form(further=".+", delimiter=delimiter, longest=LONGEST_RECORD, texts=".*_comment"))
    for delimiter in (",", ";")
)


def submissions_of_document(document: Any) -> list[Any] | None:
    """The submissions in a JSON document of either server, several or one; None where it is something else."""
    entries = document
    if isinstance(document, dict):
        entries = document.get("value") if "value" in document else document.get("results")
        if entries is None and names.looks_like_an_export(_flat(document)):
            return [document]  # one submission, as the servers give it by its number
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return None
    listed = isinstance(document, dict) and ("@odata.context" in document or {"results", "count"} <= document.keys())
    return entries if listed or any(names.looks_like_an_export(_flat(entry)) for entry in entries) else None


def read_document(document: Any, entries: list[Any], book: ValidationContext, report: Report) -> list[ParsedReturn]:
    """The submissions of a JSON document. Raises UnreadableError when a page of it is missing or nothing is in it."""
    flat = [_flat(entry) for entry in entries]
    _refuse_missing_pages(document, _different(flat), report)
    # OData names every field of the form, also where its list was taken out of the answer; the API of KoboToolbox
    # leaves out what was not answered.
    of_odata = isinstance(document, dict) and "@odata.context" in document
    all_fields = of_odata or any("__id" in entry or "__system" in entry for entry in entries)
    return _sent(enumerate(flat, 1), book, report, all_fields=all_fields)


def read_table(
    rows: Iterable[Row], book: ValidationContext, report: Report, flaws: Mapping[int, list[Flaw]] = _NONE
) -> list[ParsedReturn]:
    """The submissions of a table, one a row; `flaws` are those of single cells, by the number of their row."""
    return _sent(((row.number, row.cells) for row in rows), book, report, flaws, all_fields=True)


def _sent(
    numbered: Iterable[tuple[int, dict[str, str]]],
    book: ValidationContext,
    report: Report,
    flaws: Mapping[int, list[Flaw]] = _NONE,
    *,
    all_fields: bool,
) -> list[ParsedReturn]:
    found: list[ParsedReturn] = []
    for number, labelled in numbered:
        if len(found) == MOST_SUBMISSIONS:
            raise report.stop("too_many_rows", At(number), limit=MOST_SUBMISSIONS)
        if not found and all_fields:
            _refuse_without_questions(labelled, report)
        found.append(sent_of(number, labelled, book, flaws.get(number, ()), all_fields=all_fields))
    if not found:
        raise UnreadableError if report.refused else report.stop("no_rows")
    return without_replaced(found, report)


def _refuse_without_questions(labelled: Mapping[str, str], report: Report) -> None:
    """Refuse an export in which no field is a question's. Raises UnreadableError."""
    if any(names.is_like_a_question(names.name_of(label)) for label in labelled):
        return
    for label, text in names.groups_as_texts(labelled):
        raise report.stop("groups_as_texts", At(1, label), found=quoted(text))
    # A table's reader gives also the columns that it knows and that are not there.
    strangers = [label for label in labelled if not label.startswith("_") and label not in names.OF_A_TABLE]
    shown = ", ".join(quoted(label) for label in strangers[-3:])
    raise report.stop("export_with_labels", At(1), found=shown or "–")


def _refuse_missing_pages(document: Any, there: int, report: Report) -> None:
    """An API gives its answer in pages: one that is followed by another, or counts more, is not whole."""
    if not isinstance(document, dict):
        return
    count = document.get("count", document.get("@odata.count"))
    is_partly = document.get("next") or document.get("@odata.nextLink") or document.get("previous")
    said = json.text(count)
    if is_partly or (said and said != str(there)):
        raise report.stop("pages_missing", found=there, expected=said or "–")


def _different(flat: Iterable[Mapping[str, str]]) -> int:
    """How many submissions these are, each of an identity counted once."""
    known = []
    for entry in flat:
        said = {names.name_of(label): text for label, text in entry.items() if text}
        known.append(next((said[name] for name in names.INSTANCE if name in said), "").removeprefix("uuid:"))
    return len(set(filter(None, known))) + known.count("")


def _flat(entry: dict[str, Any]) -> dict[str, str]:
    """The fields of a submission, those in groups under the names of the groups joined by slashes."""
    return dict(_fields(entry, "", 0))


def _fields(entry: dict[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if isinstance(value, dict) and name in names.STATUS:
            yield f"{before}{name}", json.text(value.get("uid") or value.get("label") or value or None)
        elif isinstance(value, dict) and depth < _MOST_NESTED:
            yield from _fields(value, f"{before}{name}/", depth + 1)
        else:
            yield f"{before}{name}", json.text(value)
