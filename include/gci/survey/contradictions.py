"""Answers that do not go together: one that depends on what another says is not there. A warning, never a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gci.diagnostics.problems import Report, quoted, span
from gci.readers import Row
from gci.reference.seeds import Dependency
from gci.survey.answers import Reading


def warn_of_contradictions(
    answers: Mapping[str, tuple[Reading, Row]], dependencies: Iterable[Dependency], report: Report
) -> None:
    """Report each answer that does not go with a no to what it depends on, at the cell of the answer.

    Args:
        answers: item of one return → how its answer was read, and its row.
        dependencies: those of the edition.
        report: takes the warnings.
    """
    values = {item: reading.value for item, (reading, _) in answers.items()}
    for one in dependencies:
        if one.is_broken_by(values):
            row = answers[one.question][1]
            denied = [answers[item][1] for item in one.needs]
            found = quoted(row.cells["answer"])
            report.add(
                "answers_contradict",
                row.at("answer", one.question),
                found=found,
                other=one.depends_on,
                where=_places(denied),
            )


def _places(rows: list[Row]) -> Any:
    """Where the answers with no stand: rows, or cells of a workbook."""
    if rows[0].sheet is None:
        return span(row.number for row in rows)
    return ", ".join(f"{row.sheet}!{row.at('answer').column}{row.number}" for row in rows)
