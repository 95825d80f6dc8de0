"""A return as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from gci.simulate.returns import Return

COLUMNS = (
    *("edition", "iso3", "item", "answer", "evidence_url", "comment", "collector"),
    *("form_version", "synthetic"),
)


def table(filled: Return) -> list[list[str]]:
    """The header and one row for each question."""
    return [
        list(COLUMNS),
        *(
            [
                *(filled.edition, filled.iso3, one.item, one.answer or "", one.evidence_url or "", one.comment or ""),
                *(filled.collector, filled.form_version, "true"),
            ]
            for one in filled.answers
        ),
    ]


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """The rows as CSV text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write(filled: Return) -> bytes:
    """The file."""
    return text_of(table(filled)).encode()
