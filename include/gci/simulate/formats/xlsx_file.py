"""A return as the questionnaire's own workbook, filled in."""

from __future__ import annotations

from functools import cache

from gci.simulate.returns import Return
from gci.survey.form.form import Form, form
from gci.survey.form.previous import Given
from gci.survey.form.workbook import Filling, workbook

_form = cache(form)


def write(filled: Return) -> bytes:
    """The file, in the language of the return."""
    asked: Form = _form(filled.edition)
    answers = {
        one.item: Given(one.answer, one.evidence_url, one.comment) for one in filled.answers if one.answer is not None
    }
    return workbook(asked, filled.iso3, filled.language, Filling(answers, synthetic=True))
