"""A return as a JSON document → the return in it."""

from __future__ import annotations

from typing import Any

from gci.diagnostics.problems import At, Report, quoted
from gci.readers import Row, json
from gci.survey.parsed_return import ParsedReturn

SCHEMA = "gci-return/1"
_ABOUT = ("edition", "iso3", "collector", "language", "form_version", "synthetic", "addition")
_FIELDS = (*_ABOUT, "schema", "answers", "submission")
_CELLS = ("item", "answer", "evidence_url", "comment")


def is_return(document: Any) -> bool:
    """Whether a document says by its schema what it is, or at least lists answers as a return does."""
    return isinstance(document, dict) and ("schema" in document or "answers" in document)


def read(document: dict[str, Any], report: Report) -> ParsedReturn:
    """The return in a document. Raises UnreadableError when it has not the form of one.

    A row's number is its place in the list of answers, the first being 1.
    """
    schema = document.get("schema")
    if schema != SCHEMA:
        raise report.stop("schema_unknown", At(column="schema"), found=quoted(json.text(schema)), known=SCHEMA)
    strangers = [name for name in document if name not in _FIELDS]
    for name in strangers:
        report.add("field_unknown", At(column=name), found=quoted(name), known=", ".join(_FIELDS))
    answers = document.get("answers")
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise report.stop("no_list_of_answers", At(column="answers"))
    if not answers:
        raise report.stop("no_rows")
    head = {name: json.text(document.get(name)) for name in _ABOUT if name in ("edition", "iso3") or name in document}
    return ParsedReturn(
        [Row(1, head)], [_row(number, answer, report) for number, answer in enumerate(answers, 1)], report
    )


def _row(number: int, answer: dict[str, Any], report: Report) -> Row:
    for name in answer:
        if name not in _CELLS:
            report.add("field_unknown", At(number, name), found=quoted(name), known=", ".join(_CELLS))
    return Row(number, {name: json.text(answer.get(name)) for name in _CELLS})
