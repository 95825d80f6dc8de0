"""The nouns of the warehouse as frozen records, in the words of the design."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

Severity = Literal["error", "warning"]
Verdict = Literal["accepted", "refused"]
Kind = Literal["survey", "reviews", "decisions", "partners"]
FILE_KINDS: tuple[Kind, ...] = get_args(Kind)
OF_EDITIONS: tuple[Kind, ...] = ("survey", "reviews", "decisions")
"""The kinds of file whose inbox has a folder for each edition; that of partners has one for each source."""
ASKED = "asked.json"
"""In a candidate's folder: the requests for a sign-off that were made about it."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong or doubtful in a file, at its place.

    Attributes:
        severity: `error` refuses the file, `warning` says how a value was read.
        code: stable name of the problem, as listed in diagnostics/problems.yml.
        message: what is wrong and what to do, for the sender.
        sheet: sheet of a workbook; None for files without sheets.
        row: line of the file, the header being 1; None when the whole file is meant.
        column: name of the column as the file has it.
        item: the item concerned, when it is known.
        english: the message for whoever runs the warehouse; None where the message itself is in English.
    """

    severity: Severity
    code: str
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    item: str | None = None
    english: str | None = None

    @property
    def told(self) -> str:
        """The message for whoever runs the warehouse, who reads English; the sender's own is `message`."""
        return self.english or self.message

    def as_dict(self) -> dict[str, Any]:
        """The problem as plain JSON values; `english` only where the message is in another language.

        Returns:
            By the names of the attributes; a place that is not known is None.
        """
        return {name: value for name, value in asdict(self).items() if name != "english" or value is not None}


@dataclass(frozen=True)
class Receipt:
    """What the warehouse says about one file that arrived.

    Attributes:
        digest: SHA-256 of the bytes, in hex.
        kind: which inbox it arrived in.
        file: name of the file as it arrived.
        verdict: accepted or refused.
        received_at: when the collecting run began, ISO 8601 UTC.
        modified_at: modification time of the file in the inbox, ISO 8601 UTC; orders files of one run.
        edition: edition of the content, when known.
        iso3: state that the content is about, when it is one.
        source: partner, for partner files.
        collector: `state` or `desk`, for returns.
        answered: items with an answer.
        items: items of the edition's framework.
        pillars: for a return: per pillar its code, items with an answer, items; in the order of the framework.
        problems: errors and warnings, in the order of the file.
        language: language of the return and of the messages to its sender: en, fr, es, ar, zh or ru.
        form_version: version of the form that the answers were given in; None where the file carries none.
        synthetic: whether the file says that its answers are invented.
        collected_at: when the collecting run began, ISO 8601 UTC. The same as `received_at`, save for a submission of
            an export, which was received when the form's server recorded it.
        part: for a submission of an export: its name in the file; None for a file of its own.
        part_of: for a submission of an export: SHA-256 of the export.
        parts: for an export of submissions: how many of them were accepted.
        rows_digest: SHA-256 of the rows that landed (gci.storage.landed_rows); None where there are none.
        read_by: version of the readers that made the rows of the bytes; None where there are none.
    """

    digest: str
    kind: Kind
    file: str
    verdict: Verdict
    received_at: str
    modified_at: str
    edition: str | None = None
    iso3: str | None = None
    source: str | None = None
    collector: str | None = None
    answered: int = 0
    items: int = 0
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    form_version: str | None = None
    synthetic: bool = False
    collected_at: str | None = None
    part: str | None = None
    part_of: str | None = None
    parts: int = 0
    pillars: tuple[tuple[str, int, int], ...] = ()
    rows_digest: str | None = None
    read_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The receipt as plain JSON values.

        Returns:
            By the names of the attributes: times as ISO 8601 UTC, `problems` as a list of what `Problem.as_dict` gives.
        """
        return asdict(self) | {"problems": [problem.as_dict() for problem in self.problems]}


@dataclass(frozen=True)
class Candidate:
    """A warehouse built from the landing zone, not yet published.

    Attributes:
        edition: the edition whose next vintage it is.
        vintage: the vintage it would become.
        folder: candidates/<edition>-v<vintage>-<first 12 of inputs_digest>.
        inputs_digest: SHA-256 over everything of this edition that went in.
    """

    edition: str
    vintage: int
    folder: Path
    inputs_digest: str

    @property
    def database(self) -> Path:
        """The DuckDB file that dbt built."""
        return self.folder / "candidate.duckdb"


@dataclass(frozen=True)
class CheckResult:
    """One check of a gate and how it came out.

    Attributes:
        gate: landed, built or release.
        check: name of the check as the suite has it.
        table: table (or landed data set) that it looked at.
        column: column, where the check is about one.
        passed: whether nothing broke it.
        rows: number of failing rows.
        message: what the check holds, in a sentence.
    """

    gate: str
    check: str
    table: str
    column: str | None
    passed: bool
    rows: int
    message: str


@dataclass(frozen=True)
class Failure:
    """One row that broke a check. None is ever cut off.

    Attributes:
        keys: the key columns of the row and their values.
        found: the value that is there.
        expected: the value or condition that should hold.
    """

    gate: str
    check: str
    table: str
    column: str | None
    keys: dict[str, Any]
    found: str | None
    expected: str | None


@dataclass(frozen=True)
class GateReport:
    """What a gate said.

    Attributes:
        not_held: what it could not hold the file against, in sentences: what would have to be at hand is not.
    """

    gate: str
    checks: tuple[CheckResult, ...]
    failures: tuple[Failure, ...] = field(default=())
    not_held: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """True when every check passed."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True)
class SignOff:
    """Who approved what, when.

    Attributes:
        name: the responder.
        signed_at: ISO 8601 UTC.
        note: what the responder wrote.
        candidate_digest: SHA-256 of the candidate's DuckDB file that was approved.
        via: `airflow` when a person answered, `gci run` for an unattended answer.
    """

    name: str
    signed_at: str
    note: str
    candidate_digest: str
    via: str
