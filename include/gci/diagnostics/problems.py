"""The problems that there are (problems.yml) and the report that a check fills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml

from gci.core.records import Problem, Severity
from gci.diagnostics.messages import Words, quoted, span
from gci.texts import translator

CATALOGUE = Path(__file__).with_name("problems.yml")
MOST_PROBLEMS = 1000  # of one file; beyond it the report says so and reading stops: memory stays bounded


class UnreadableError(Exception):
    """Reading the file cannot go on. The report already says why."""


class At(NamedTuple):
    """Where a problem is; what is None is not known or the whole of it is meant. See Problem for each."""

    row: int | None = None
    column: str | None = None
    item: str | None = None
    sheet: str | None = None


WHOLE_FILE = At()


@dataclass(frozen=True)
class Kind:
    """One entry of the catalogue.

    Attributes:
        code: stable name of the problem.
        severity: error or warning.
        text: what is wrong, in English, with {places} to fill.
        do: what to do or what was done, in English.
        reader: who is told of it: a `sender`, in six languages, or the `staff` of the warehouse, in English.
    """

    code: str
    severity: Severity
    text: str
    do: str
    reader: Literal["sender", "staff"] = "sender"

    def message(self, values: dict[str, Any], language: str = "en") -> str:
        """The problem in words, in `language` or else in English."""
        say = translator(language)
        text, do = (say.said(one, context=self.code) for one in (self.text, self.do))
        said = {name: one.said(language) if isinstance(one, Words) else one for name, one in values.items()}
        return f"{text} {do}".format_map(said)


@cache
def catalogue() -> dict[str, Kind]:
    """Every problem that there is, by code. Raises ValueError for a severity or a reader that does not exist."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast, where it is there
    entries: dict[str, Any] = yaml.load(CATALOGUE.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    kinds = {code: Kind(code=code, **entry) for code, entry in entries.items()}
    for kind in kinds.values():
        if kind.severity not in get_args(Severity):
            raise ValueError(f"{CATALOGUE.name}: {kind.code} has the severity {kind.severity!r}")
        if kind.reader not in ("sender", "staff"):
            raise ValueError(f"{CATALOGUE.name}: {kind.code} has the reader {kind.reader!r}")
    return kinds


@dataclass(frozen=True)
class _Noted:
    """A problem before it is put in words: the language of a file is known only once it is read."""

    kind: Kind
    at: At
    values: dict[str, Any]


class Report:
    """Collects the problems of one file, each at its place.

    Attributes:
        labels: code name of a column → the name that the file has for it; set by the reader.
        as_of: the day that the file says it is of, ISO 8601; set by the reader, None when it says none.
        language: language of the messages; a reader sets it once the file says it.
    """

    def __init__(self, language: str = "en") -> None:
        self.labels: dict[str, str] = {}
        self.as_of: str | None = None
        self.language = language
        self._noted: list[_Noted] = []

    def add(self, code: str, at: At = WHOLE_FILE, **values: Any) -> None:
        """Note a problem; `values` fill the places in its text. Raises UnreadableError when the file has too many."""
        kind = catalogue()[code]
        label = None if at.column is None else self.labels.get(at.column, at.column)
        self._noted.append(_Noted(kind, at._replace(column=label), {"item": at.item, "column": label} | values))
        if len(self._noted) == MOST_PROBLEMS and code != "many_more":
            raise self.stop("many_more", At(at.row), limit=MOST_PROBLEMS)

    def stop(self, code: str, at: At = WHOLE_FILE, **values: Any) -> UnreadableError:
        """Note a problem after which reading cannot go on, and give the exception to raise."""
        self.add(code, at, **values)
        return UnreadableError()

    def tolerate(self, codes: frozenset[str], source: str) -> None:
        """Refuse the file for each warning whose code is not among `codes`, those that its description tolerates."""
        strangers = {one.kind.code: one.at for one in reversed(self._noted) if one.kind.severity == "warning"}
        for code, first in sorted(strangers.items()):
            if code not in codes:
                self.add("flaw_not_tolerated", first._replace(item=None), found=code, source=source)

    @property
    def refused(self) -> bool:
        """True once there is an error."""
        return any(one.kind.severity == "error" for one in self._noted)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of the file: those of the whole file first, then by sheet as found, then by row."""
        sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(one.at.sheet for one in self._noted))}
        ordered = sorted(self._noted, key=lambda one: (sheets[one.at.sheet] if one.at.row else -1, one.at.row or 0))
        return tuple(self._problem(one) for one in ordered)

    def _problem(self, one: _Noted) -> Problem:
        message, english = (one.kind.message(one.values, language) for language in (self.language, "en"))
        at = one.at
        other = english if english != message else None
        return Problem(one.kind.severity, one.kind.code, message, at.sheet, at.row, at.column, at.item, other)


__all__ = ["WHOLE_FILE", "At", "Kind", "Report", "UnreadableError", "catalogue", "quoted", "span"]
