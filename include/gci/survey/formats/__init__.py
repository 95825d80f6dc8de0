"""The forms in which returns come: CSV, a questionnaire as a workbook, JSON, exports of ODK Central and KoboToolbox."""

from __future__ import annotations

from contextlib import closing
from typing import BinaryIO

from gci.diagnostics.problems import At, Report, UnreadableError, quoted
from gci.readers import csv, grid, json
from gci.reference.validation_context import ValidationContext
from gci.survey.formats import document, exports, table, workbook
from gci.survey.formats.fields import looks_like_an_export
from gci.survey.parsed_return import ParsedReturn
from gci.survey.returns import LAYOUTS, MOST_ROWS, at_most

SUFFIXES = (".csv", ".xlsx", ".json")
_OF_LINES = (".jsonl", ".ndjson", ".jsonlines")
"""What holds one JSON document a line: no form of a return, and read only to say so."""


def read(content: BinaryIO, suffix: str, book: ValidationContext, report: Report) -> list[ParsedReturn]:
    """The returns in a file: one, or those of all submissions of an export.

    Args:
        content: its bytes, seekable.
        suffix: one that is read (`is_read`).
        book: the editions, their items and labels.
        report: takes what is wrong with the file as a whole; a submission has a report of its own.

    Raises:
        UnreadableError: nothing in the file can be trusted; the report says why.
    """
    if suffix == ".csv":
        return _of_csv(content, book, report)
    if suffix == ".xlsx":
        return _of_workbook(content, book, report)
    return _of_json(content, suffix, book, report)


def is_read(suffix: str) -> bool:
    """Whether files of a suffix are looked into: those of SUFFIXES, and those whose message names what they hold."""
    return suffix in (*SUFFIXES, *_OF_LINES)


def _of_csv(content: BinaryIO, book: ValidationContext, report: Report) -> list[ParsedReturn]:
    if looks_like_an_export(_cells(content)):
        with closing(csv.read(content, exports.LAYOUTS, report)) as submissions:
            return exports.read_table(submissions, book, report)
    with closing(csv.read(content, LAYOUTS, report)) as rows:
        listed = at_most(rows, MOST_ROWS, report)
    return [ParsedReturn(listed, listed, report, says_version=False)]


def _of_workbook(content: BinaryIO, book: ValidationContext, report: Report) -> list[ParsedReturn]:
    opened = workbook.open_workbook(content, report)
    if workbook.is_questionnaire(opened):
        return [workbook.read(opened, book, report)]
    cells, flaws = table.table(opened, report)
    with closing(grid.rows_of(cells, exports.LAYOUTS[:1], report)) as submissions:
        return exports.read_table(submissions, book, report, flaws)


def _of_json(content: BinaryIO, suffix: str, book: ValidationContext, report: Report) -> list[ParsedReturn]:
    found = list(json.documents(content, report))
    if len(found) > 1:
        raise report.stop("json_lines", count=len(found))
    if suffix in _OF_LINES:
        raise report.stop("unknown_suffix", found=quoted(suffix), known=", ".join(SUFFIXES))
    if document.is_return(found[0]):
        return [document.read(found[0], report)]
    submissions = exports.submissions_of_document(found[0])
    if submissions is None:
        raise report.stop("not_a_return", At())
    return exports.read_document(found[0], submissions, book, report)


def _cells(content: BinaryIO) -> list[str]:
    try:
        return csv.header_cells(content)
    except UnreadableError:  # the reader will say why
        return []


__all__ = ["SUFFIXES", "is_read", "read"]
