"""The report on a refused file that its sender can act on: one HTML page, nothing to load, everything escaped."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from gci.records import Problem, Receipt

TEMPLATE = Path(__file__).with_name("report.html")


def as_html(receipt: Receipt) -> str:
    """The report on one file. The same receipt gives the same page."""
    errors = sum(problem.severity == "error" for problem in receipt.problems)
    warnings = len(receipt.problems) - errors
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        file=escape(receipt.file),
        verdict=escape(receipt.verdict),
        heading=escape(f"{receipt.file} was {receipt.verdict}"),
        summary=escape(f"{_count(errors, 'error')} to correct, {_count(warnings, 'warning')} to know of."),
        facts="\n".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _facts(receipt)),
        rows="\n".join(_row(problem) for problem in receipt.problems),
    )


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    facts = [
        ("Edition", receipt.edition),
        ("State", receipt.iso3),
        ("Source", receipt.source),
        ("Answered", f"{receipt.answered} of {receipt.items}" if receipt.items else None),
        ("Received", receipt.received_at),
        ("Fingerprint (SHA-256)", receipt.digest),
    ]
    return [(name, value) for name, value in facts if value]


def _row(problem: Problem) -> str:
    """One problem as a row of the table; texts of the file keep their own direction."""
    place = "" if problem.row is None else f"{problem.sheet} {problem.row}" if problem.sheet else str(problem.row)
    return (
        f'<tr><td class="number">{escape(place)}</td>'
        f'<td dir="auto">{escape(problem.column or "")}</td><td dir="auto">{escape(problem.item or "")}</td>'
        f'<td><span class="{problem.severity}">{problem.severity}</span> <bdi>{escape(problem.message)}</bdi> '
        f"<small>({escape(problem.code)})</small></td></tr>"
    )


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
