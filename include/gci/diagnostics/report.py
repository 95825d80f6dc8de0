"""The report that a sender can act on: one HTML page in the sender's language, nothing to load, everything escaped."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from gci.core.records import Problem, Receipt
from gci.diagnostics.messages import Phrase, phrase
from gci.reference.direction import isolated
from gci.reference.labels import RIGHT_TO_LEFT, concept_labels

TEMPLATE = Path(__file__).with_name("report.html")


def is_due(receipt: Receipt) -> bool:
    """Whether the sender of an accepted file has something to read: about a return that has gaps or warnings.

    The receipt of an export has its submissions' reports beside it, each to its own sender.
    """
    return receipt.kind == "survey" and not receipt.parts and bool(receipt.problems or receipt.answered < receipt.items)


def as_html(receipt: Receipt) -> str:
    """The report on one file, in the language of its receipt. The same receipt gives the same page."""
    language = receipt.language
    errors = sum(problem.severity == "error" for problem in receipt.problems)
    counts = (("errors", errors), ("warnings", len(receipt.problems) - errors))
    heading = _say("title", language, file=receipt.file, verdict=phrase(receipt.verdict, language))
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        language=escape(language),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        heading=escape(isolated(heading, language)),
        summary=escape(Phrase("summary", counts).said(language)),
        facts="\n".join(
            f"<dt>{escape(phrase(name, language))}</dt><dd><bdi>{escape(value)}</bdi></dd>"
            for name, value in _facts(receipt)
        ),
        pillars=_pillars(receipt),
        found=_found(receipt),
        remark=escape(phrase("put_aside" if receipt.verdict == "refused" else "taken", language)),
    )


def place_in_words(problem: Problem, language: str = "en") -> str:
    """Where a problem is: `Legal!D17` in a workbook, else row and column; '' for the whole file."""
    if problem.row is None:
        return problem.sheet or ""
    if problem.sheet is not None and (problem.column or "").isupper():
        return f"{problem.sheet}!{problem.column}{problem.row}"
    where = _say("row", language, numbers=problem.row)
    if problem.column is not None:
        where = _say("cell_of_column", language, row=problem.row, column=problem.column)
    return f"{problem.sheet} {where}" if problem.sheet else where


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    answered = _say("answered_of", receipt.language, answered=receipt.answered, items=receipt.items)
    facts = [
        ("edition", receipt.edition),
        ("state", receipt.iso3),
        ("source", receipt.source),
        ("submission", receipt.part),
        ("form_version", receipt.form_version),
        ("answered", answered if receipt.items else None),
        ("received", receipt.received_at),
        ("fingerprint", receipt.digest),
    ]
    return [(name, value) for name, value in facts if value]


def _pillars(receipt: Receipt) -> str:
    """How complete the return is, pillar by pillar; nothing where that is not known."""
    if not receipt.pillars:
        return ""
    names = concept_labels(receipt.language)
    rows = "\n".join(
        f"<tr><td>{escape(names.get(pillar, pillar))}</td>"
        f"<td>{escape(_say('answered_of', receipt.language, answered=answered, items=items))}</td></tr>"
        for pillar, answered, items in receipt.pillars
    )
    return _table(("pillars", "pillar", "answered"), rows, receipt.language)


def _found(receipt: Receipt) -> str:
    """What was found; nothing where nothing was."""
    rows = "\n".join(_row(problem, receipt.language) for problem in receipt.problems)
    return _table(("found", "place", "item", "problem"), rows, receipt.language) if rows else ""


def _table(names: tuple[str, ...], rows: str, language: str) -> str:
    """A table under a caption and headings, of which these are the names."""
    caption, *headings = (escape(phrase(name, language)) for name in names)
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    return f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(problem: Problem, language: str) -> str:
    """One problem as a row of the table; texts of the file keep their own direction."""
    return (
        f'<tr><td dir="auto">{escape(place_in_words(problem, language))}</td>'
        f'<td dir="auto">{escape(problem.item or "")}</td>'
        f'<td><span class="{problem.severity}">{escape(phrase(problem.severity, language))}</span> '
        f"<bdi>{escape(isolated(problem.message, language))}</bdi> <small>({escape(problem.code)})</small></td></tr>"
    )


def _say(name: str, language: str, **values: object) -> str:
    return Phrase(name, tuple(values.items())).said(language)
