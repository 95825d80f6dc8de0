"""What a simulated state sends, before it is written in some format."""

from __future__ import annotations

from dataclasses import dataclass

from gci.core.records import Verdict

Choice = str | None
"""`yes`, `partial`, `no`, or None for no answer."""


@dataclass(frozen=True)
class Filled:
    """One question as a focal point filled it in.

    Attributes:
        item: code of the question.
        answer: yes, partial, no, or None where it was left empty.
        evidence_url: link to evidence.
        comment: a remark.
    """

    item: str
    answer: Choice
    evidence_url: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Return:
    """The questionnaire of one state, filled in.

    Attributes:
        edition: the edition.
        iso3: the state.
        collector: `state` or `desk`.
        language: en, fr, es, ar, zh or ru.
        form_version: the version of the form that was filled in.
        answers: one for each question, in the order of the framework.
    """

    edition: str
    iso3: str
    collector: str
    language: str
    form_version: str
    answers: tuple[Filled, ...]


@dataclass(frozen=True)
class Sending:
    """One file for the inbox, and what collection has to say of it.

    Attributes:
        name: its name in the inbox folder.
        content: its bytes.
        sequence: files of a higher number were written later.
        format: csv, json, xlsx, odk_json, odk_csv or kobo.
        states: the states whose answers it holds; empty where it does not say, or says it wrong.
        planted: the fault that was planted in it; None for a good file.
        verdict: what collection must say.
        code: the problem that collection must name; None where it need name none.
        refused_submissions: states whose part of an export must be refused although the file is taken.
    """

    name: str
    content: bytes
    sequence: int
    format: str
    states: tuple[str, ...]
    planted: str | None = None
    verdict: Verdict = "accepted"
    code: str | None = None
    refused_submissions: tuple[str, ...] = ()
