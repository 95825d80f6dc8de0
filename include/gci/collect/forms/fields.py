"""The names of questions in a form on ODK Central or KoboToolbox, and where its servers write about submissions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gci.collect.rulebook import Rulebook

EVIDENCE, COMMENT = "_evidence", "_comment"
_PARTS = {"": "answer", EVIDENCE: "evidence_url", COMMENT: "comment"}
_QUESTION = re.compile(r"[a-z]{1,6}\d+_\d+(_evidence|_comment)?")
_GROUPS = re.compile(r"[/\-:.]")  # Kobo parts the names of groups by a slash, ODK in tables by a hyphen

# What the servers say of a submission, by the last part of the name, each as ODK and as Kobo has it.
INSTANCE = ("instanceID", "KEY", "__id", "_uuid")
REPLACES = ("deprecatedID",)
VERSION = ("form_version", "formVersion", "FormVersion", "__version__")
SENT_AT = ("SubmissionDate", "submissionDate", "_submission_time")
EDITED_AT = ("updatedAt", "date_modified")
STATUS = ("ReviewState", "reviewState", "_validation_status")
REJECTED = ("rejected", "validation_status_not_approved", "not approved")
_MARKS = {*INSTANCE, *VERSION[1:], *SENT_AT, "_id", "__system"}

OF_A_TABLE = ("SubmissionDate", "KEY", "ReviewState", "FormVersion", "_id", "_uuid", "_submission_time", "__version__")
"""What a table of submissions has among its columns, outside of all groups."""


@dataclass(frozen=True)
class Field:
    """One field of one submission.

    Attributes:
        label: its name in the export, with its groups.
        text: its value.
    """

    label: str
    text: str


def last_part(label: str) -> str:
    """The name of a field without its groups."""
    return _GROUPS.split(label)[-1]


def looks_like_an_export(labels: Iterable[str]) -> bool:
    """Whether these names are those of submissions: at least two of what only a server of forms writes."""
    return len({last_part(label) for label in labels} & _MARKS) > 1


def first_of(fields: Mapping[str, Field], names: Iterable[str]) -> Field | None:
    """The first of these fields that has a value."""
    return next((fields[name] for name in names if name in fields and fields[name].text), None)


def question_of(name: str, by_field: Mapping[str, str]) -> tuple[str, str] | None:
    """The item and the cell (answer, evidence_url, comment) of a field's name; None for a field of something else."""
    for suffix, cell in _PARTS.items():
        if name.endswith(suffix) and (item := by_field.get(name.removesuffix(suffix) if suffix else name)) is not None:
            return item, cell
    return None


def is_like_a_question(name: str) -> bool:
    """Whether a name has the form of a question's, be it one of the edition or not."""
    return bool(_QUESTION.fullmatch(name))


def fields_of_items(edition: str, book: Rulebook) -> dict[str, str]:
    """Name of the field of each question of an edition → its item."""
    return {item.replace(".", "_"): item for item in book.editions[edition].items}
