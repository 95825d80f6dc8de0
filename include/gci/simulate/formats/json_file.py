"""A return as JSON (schema gci-return/1)."""

from __future__ import annotations

import json
from typing import Any

from gci.simulate.returns import Return


def document(filled: Return) -> dict[str, Any]:
    """The JSON document of a return.

    Returns:
        schema (gci-return/1), synthetic (True), edition, iso3, collector, language, form_version, and answers: per
        question item, answer, evidence_url, comment.
    """
    return {
        "schema": "gci-return/1",
        "synthetic": True,
        "edition": filled.edition,
        "iso3": filled.iso3,
        "collector": filled.collector,
        "language": filled.language,
        "form_version": filled.form_version,
        "answers": [
            {"item": one.item, "answer": one.answer, "evidence_url": one.evidence_url, "comment": one.comment}
            for one in filled.answers
        ],
    }


def text_of(value: Any) -> bytes:
    """JSON as it is written: letters of all scripts as they are."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write(filled: Return) -> bytes:
    """The file."""
    return text_of(document(filled))
