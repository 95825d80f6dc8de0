"""The report that a sender can act on: one HTML page in the sender's language, nothing to load, everything escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from gci.core.records import Problem, Receipt
from gci.reference.direction import isolated
from gci.reference.labels import RIGHT_TO_LEFT, concept_labels
from gci.texts import translator
from gci.texts.templates import environment


def is_due(receipt: Receipt) -> bool:
    """Whether the sender of an accepted file has something to read: about a return that has gaps or warnings.

    The receipt of an export has its submissions' reports beside it, each to its own sender.
    """
    return receipt.kind == "survey" and not receipt.parts and bool(receipt.problems or receipt.answered < receipt.items)


def as_html(receipt: Receipt) -> str:
    """The report on one file, in the language of its receipt. The same receipt gives the same page."""
    say, names = translator(receipt.language), concept_labels(receipt.language)
    verdict = say.gettext("refused") if receipt.verdict == "refused" else say.gettext("accepted")
    errors = sum(problem.severity == "error" for problem in receipt.problems)
    return _template(receipt.language).render(
        receipt=receipt,
        direction="rtl" if receipt.language in RIGHT_TO_LEFT else "ltr",
        heading=say.gettext("{file}: {verdict}", file=receipt.file, verdict=verdict),
        errors=errors,
        warnings=len(receipt.problems) - errors,
        facts=_facts(receipt),
        pillars=[(names.get(pillar, pillar), answered, items) for pillar, answered, items in receipt.pillars or ()],
        problems=receipt.problems,
    )


def place_in_words(problem: Problem, language: str = "en") -> str:
    """Where a problem is: `Legal!D17` in a workbook, else row and column; '' for the whole file."""
    if problem.row is None:
        return problem.sheet or ""
    if problem.sheet is not None and (problem.column or "").isupper():
        return f"{problem.sheet}!{problem.column}{problem.row}"
    where = translator(language).gettext("row {numbers}", numbers=problem.row)
    if problem.column is not None:
        where = translator(language).gettext("row {row}, {column}", row=problem.row, column=problem.column)
    return f"{problem.sheet} {where}" if problem.sheet else where


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    say = translator(receipt.language)
    answered = say.pgettext("report", "{answered} of {items}", answered=receipt.answered, items=receipt.items)
    facts = [
        (say.pgettext("report", "Edition"), receipt.edition),
        (say.gettext("State"), receipt.iso3),
        (say.gettext("Source"), receipt.source),
        (say.gettext("Submission"), receipt.part),
        (say.gettext("Version of the form"), receipt.form_version),
        (say.pgettext("report", "Answered"), answered if receipt.items else None),
        (say.gettext("Received"), receipt.received_at),
        (say.gettext("Fingerprint (SHA-256)"), receipt.digest),
    ]
    return [(name, value) for name, value in facts if value]


@cache
def _template(language: str) -> Template:
    made = environment("gci.diagnostics", translator(language))
    made.filters["isolated"] = lambda text: isolated(text, language)
    made.globals["place_in_words"] = place_in_words
    return made.get_template("report.html.jinja")
