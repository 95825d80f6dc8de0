"""Faults of exports: of one submission among good ones, which are taken, and of an export as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from gci.reference.labels import answer_labels, question_texts
from gci.simulate.faults.fault_injection import Fault, answered_as, partial_not_allowed
from gci.simulate.formats import submissions
from gci.simulate.formats.csv_file import text_of
from gci.simulate.returns import Return

_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SubmissionFault:
    """One thing that goes wrong in one submission.

    Attributes:
        name: what went wrong.
        format: the export in which it goes wrong.
        spoil: the return as it is submitted.
    """

    name: str
    format: str
    spoil: Callable[[Return], Return]


_SPOIL: dict[str, Callable[[Return], Return]] = {
    "another_form_version": lambda filled: replace(filled, form_version="2019-7"),
    "no_form_version": lambda filled: replace(filled, form_version=""),
    "answer_outside_the_list": answered_as("mostly"),
    "partial_not_allowed": partial_not_allowed,
    "no_member": lambda filled: replace(filled, iso3="XKX"),
}
FAULTS = tuple(
    SubmissionFault(name, export, spoil) for name, spoil in _SPOIL.items() for export in ("odk_json", "odk_csv", "kobo")
)


def labelled(filled: Return) -> Return:
    """The return with the labels of its language in place of codes, as servers export it; it is read all the same."""
    labels = answer_labels(filled.language)
    return replace(
        filled, answers=tuple(replace(one, answer=labels.get(one.answer or "", one.answer)) for one in filled.answers)
    )


def _question_dropped(filled: Return) -> bytes:
    """The table lacks a question that its version of the form has."""
    header, row = submissions.odk_rows([filled], _AT)
    place = next(number for number, name in enumerate(header) if name.endswith("-ls1_1"))
    return text_of([[*one[:place], *one[place + 1 :]] for one in (header, row)]).encode()


def _labels_for_names(filled: Return) -> bytes:
    """The heads of the table are the questions themselves."""
    header, row = submissions.odk_rows([filled], _AT)
    texts = {code.replace(".", "_"): one.text for code, one in question_texts(filled.edition, "en").items()}
    return text_of([[texts.get(name.rpartition("-")[2], name) for name in header], row]).encode()


def _no_version(filled: Return) -> bytes:
    """The export was made without the versions of the form."""
    document = json.loads(submissions.kobo([filled], _AT))
    for one in document["results"]:
        del one["__version__"]
    return json.dumps(document).encode()


def _one_page(filled: Return) -> bytes:
    """The first page of an API that has more."""
    document = json.loads(submissions.kobo([filled], _AT))
    return json.dumps(document | {"count": 250, "next": "https://kobo.example/api/v2/assets/a/data/?page=2"}).encode()


WHOLE = (
    Fault("question_dropped", "odk_csv", "refused", "no_submission_taken", _question_dropped),
    Fault("labels_for_names", "odk_csv", "refused", None, _labels_for_names),
    Fault("no_version_column", "kobo", "refused", "no_submission_taken", _no_version),
    Fault("one_page_of_many", "kobo", "refused", "pages_missing", _one_page),
)
"""What refuses an export as a whole."""
