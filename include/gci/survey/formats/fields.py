"""The names of questions in a form on ODK Central or KoboToolbox, and where its servers write about submissions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gci.reference.validation_context import ValidationContext

EVIDENCE, COMMENT = "_evidence", "_comment"
_PARTS = {"": "answer", EVIDENCE: "evidence_url", COMMENT: "comment"}
_QUESTION = re.compile(r"[a-z]{1,6}\d+_\d+(_evidence|_comment)?")
# Kobo parts the names of groups by a slash, or by whatever one chooses there; ODK in tables by a hyphen. Programs that
# clean names put underscores there, or points and blanks for all underscores, or write the words as one in capitals. So
# a question is found by the end of the name.
_AT_THE_END = re.compile(
    r"(?:^|[\W_]|(?-i:(?<=[a-z0-9])(?=[A-Z])))(?P<indicator>[a-z]{1,6}\d+)[_. -](?P<number>\d+)"
    r"(?:(?:[_. /-]|(?-i:(?=[EC])))(?P<part>evidence|comment))?\]?$",
    re.ASCII | re.IGNORECASE,
)
# Groups of the form, where nothing but an underscore or a capital letter parts them from a question.
_PILLAR = re.compile(
    r"(?:(?:x|data|value|results)_)?(?:legal|technical|organi[sz]ational|capacity|cooperation)"
    r"(?:_?(?:measures?|development|building|group))*"
)
_GROUPS = re.compile(r"[/\-:.|>]")
_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REPEATED = re.compile(r"_+")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")

# An object written as the text that a program shows for it: PowerShell, .NET, JavaScript, Python.
_OBJECT_AS_TEXT = re.compile(
    r"@\{.*\}|System\.[A-Z][\w.\[\]`]*|\[object Object\]|(OrderedDict\(|\{['\"])[^\0]*", re.DOTALL
)

# What the servers say of a submission, by the last part of the name, each as ODK and as Kobo has it.
INSTANCE = ("instanceID", "KEY", "__id", "_uuid")
REPLACES = ("deprecatedID",)
VERSION = ("form_version", "formVersion", "FormVersion", "__version__")
SENT_AT = ("SubmissionDate", "submissionDate", "_submission_time")
EDITED_AT = ("updatedAt", "date_modified")
EDITS = ("edits", "Edits")
DELETED_AT = ("deletedAt", "DeletedAt", "deleted_at", "_deleted_at")
STATUS = ("ReviewState", "reviewState", "_validation_status", "_validation_status_label", "review_status")
_BESIDE = (
    "_notes",
    "_attachments",
    "_supplementalDetails",
)  # of people who look at submissions, and what was sent along
ENCRYPTED = ("status", "Status", "encryptedXmlFile", "base64EncryptedKey")
ABOUT = ("edition", "iso3", "collector", "language", "synthetic", "addition")
_MARKS = {*INSTANCE, *VERSION[1:], *SENT_AT, "_id", "__system"}
_KNOWN = {
    *INSTANCE, *REPLACES, *VERSION, *SENT_AT, *EDITED_AT, *EDITS, *DELETED_AT, *STATUS, *ENCRYPTED[2:], *ABOUT, "_id",
    "__system",
}  # fmt: skip
# The same names as programs leave them that clean names: lower case, words joined by underscores.
_CLEANED = {
    "instance_id": "instanceID", "uuid": "_uuid", "deprecated_id": "deprecatedID", "form_version": "FormVersion",
    "version": "__version__", "submission_date": "SubmissionDate", "submission_time": "_submission_time",
    "updated_at": "updatedAt", "date_modified": "date_modified", "edits": "edits", "deleted_at": "deletedAt",
    "review_state": "ReviewState", "validation_status": "_validation_status",
    "validation_status_uid": "_validation_status", "validation_status_label": "_validation_status_label",
    "iso3": "iso3", "edition": "edition", "collector": "collector", "synthetic": "synthetic",
    "addition": "addition",
}  # fmt: skip
_BEFORE_CLEANED = ("x", "system", "meta", "value", "results", "data")
_CLEANED_MARKS = ("instanceID", "_uuid", "SubmissionDate", "_submission_time", "FormVersion", "__version__")

OF_A_TABLE = (
    *("SubmissionDate", "KEY", "ReviewState", "FormVersion", "_id", "_uuid", "_submission_time", "__version__"),
    *("form_version", "uuid", "submission_time", "submission_date", "instance_id", "system_submission_date"),
)
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


@lru_cache(maxsize=10_000)
def name_of(label: str) -> str:
    """The name of a field without its groups, as the form or the server has it, whatever parts the names of groups."""
    question = _AT_THE_END.search(label)
    if question is not None and _is_after_groups(label[: question.start("indicator")], question["indicator"]):
        said = (question["indicator"], question["number"], question["part"])
        return "_".join(filter(None, said)).lower()
    *before, last = _GROUPS.split(label)
    if before and before[-1] == "_validation_status":
        return {"uid": "_validation_status", "label": "_validation_status_label"}.get(last, last)
    if last in _KNOWN or label.startswith("__system"):
        return last
    if not label[:1].isalpha():
        return last
    words = _NO_LETTERS.sub("_", _CAPITALS.sub("_", label).lower()).strip("_").split("_")
    while words[0] in _BEFORE_CLEANED and len(words) > 1:
        del words[0]
    return _CLEANED.get("_".join(words), last)


def _is_after_groups(before: str, indicator: str) -> bool:
    """Whether what stands before a question's name are groups.

    Where only an underscore or a capital letter parts the two it may as well be a word of the name itself, such as
    `previous_ls1_1`; then its indicator or its pillar tells.
    """
    if not before[-1:].isalnum() and not before.endswith("_"):
        return True
    words = _CAPITALS.sub("_", before).lower().rstrip("_")
    return words.endswith(indicator.lower()) or bool(_PILLAR.fullmatch(_REPEATED.sub("_", words)))


def looks_like_an_export(labels: Iterable[str]) -> bool:
    """Whether these names are those of submissions: what only a server of forms writes is among them."""
    there = list(labels)
    if len({_GROUPS.split(label)[-1] for label in there} & _MARKS) > 1:
        return True
    names = {name_of(label) for label in there}
    return any(map(is_like_a_question, names)) and not names.isdisjoint(_CLEANED_MARKS)


def groups_as_texts(labelled: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields in which a group of questions stands as a text, each with that text."""
    for label, text in labelled.items():
        if not label.startswith("_") and not is_like_a_question(name_of(label)) and _OBJECT_AS_TEXT.fullmatch(text):
            yield label, text


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


def is_not_read(name: str, field: Field, by_field: Mapping[str, str]) -> bool:
    """Whether a field has something to say that is not read.

    It seems to belong to a question of these and is none of what a question has, or it holds notes or attached files.
    """
    if any(name.lower().startswith(f"{question}_") for question in by_field):
        return bool(field.text)
    return field.label.partition("/")[0] in _BESIDE and field.text not in ("", "[]", "{}")


def fields_of_items(edition: str, book: ValidationContext) -> dict[str, str]:
    """Name of the field of each question of an edition → its item."""
    return {item.replace(".", "_"): item for item in book.editions[edition].items}
