"""One return as a file has it, whatever the form of the file, before it is held against the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gci.diagnostics.problems import Report
from gci.readers import Row


@dataclass(frozen=True)
class Submission:
    """What the server of a form says of one submission.

    Attributes:
        name: what it is called in messages: its place in the export and its instance.
        instance: identifier of the instance, given by the form; None where the export has none.
        replaces: the instance that it is an edited version of.
        sent_at: when the server recorded it, or its latest edit; None where the export does not say.
    """

    name: str
    instance: str | None = None
    replaces: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True)
class ParsedReturn:
    """One return.

    Attributes:
        heads: rows whose cells say what the return is about (edition, iso3, collector, form_version, language,
            synthetic, addition); in a CSV file, where every row says so, the rows themselves.
        rows: one row an item, with the cells item, answer, evidence_url and comment.
        report: the problems met so far.
        says_version: whether returns of this form carry the version of the form, so that one without is refused.
        labels: text of an answer, casefolded → its code, where answers may be written as the form shows them.
        submission: for one of the submissions of an export.
    """

    heads: list[Row]
    rows: list[Row]
    report: Report
    says_version: bool = True
    labels: dict[str, str] | None = None
    submission: Submission | None = None
