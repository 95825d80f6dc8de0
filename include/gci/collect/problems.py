"""The catalogue of problems (problems.yml) and the report that a check fills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import yaml

from gci.records import Problem, Severity

CATALOGUE = Path(__file__).with_name("problems.yml")
MOST_PROBLEMS = 1000  # of one file; beyond it the report says so and reading stops: memory stays bounded
LONGEST_QUOTE = 60


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
        text: what is wrong, by language, with {places} to fill.
        do: what to do or what was done, by language.
    """

    code: str
    severity: Severity
    text: dict[str, str]
    do: dict[str, str]

    def message(self, values: dict[str, Any], language: str = "en") -> str:
        """The problem in words, for `language` or else in English."""
        text, do = (words.get(language, words["en"]) for words in (self.text, self.do))
        return f"{text} {do}".format_map(values)


@cache
def catalogue() -> dict[str, Kind]:
    """Every problem that there is, by code. Raises ValueError when the file has a severity that does not exist."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast, where it is there
    entries: dict[str, Any] = yaml.load(CATALOGUE.read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    kinds = {code: Kind(code=code, **entry) for code, entry in entries.items()}
    for kind in kinds.values():
        if kind.severity not in get_args(Severity):
            raise ValueError(f"{CATALOGUE.name}: {kind.code} has the severity {kind.severity!r}")
    return kinds


class Report:
    """Collects the problems of one file, each at its place.

    Attributes:
        labels: code name of a column → the name that the file has for it; set by the reader.
        as_of: the day that the file says it is of, ISO 8601; set by the reader, None when it says none.
        language: language of the messages.
    """

    def __init__(self, language: str = "en") -> None:
        self.labels: dict[str, str] = {}
        self.as_of: str | None = None
        self.language = language
        self._problems: list[Problem] = []

    def add(self, code: str, at: At = WHOLE_FILE, **values: Any) -> None:
        """Note a problem; `values` fill the places in its text. Raises UnreadableError when the file has too many."""
        kind = catalogue()[code]
        label = None if at.column is None else self.labels.get(at.column, at.column)
        message = kind.message({"item": at.item, "column": label} | values, self.language)
        self._problems.append(Problem(kind.severity, code, message, at.sheet, at.row, label, at.item))
        if len(self._problems) == MOST_PROBLEMS and code != "many_more":
            raise self.stop("many_more", At(at.row), limit=MOST_PROBLEMS)

    def stop(self, code: str, at: At = WHOLE_FILE, **values: Any) -> UnreadableError:
        """Note a problem after which reading cannot go on, and give the exception to raise."""
        self.add(code, at, **values)
        return UnreadableError()

    def tolerate(self, codes: frozenset[str], source: str) -> None:
        """Refuse the file for each warning whose code is not among `codes`, those that its description tolerates."""
        strangers = {one.code: one for one in reversed(self._problems) if one.severity == "warning"}
        for code, first in sorted(strangers.items()):
            if code not in codes:
                self.add(
                    "flaw_not_tolerated", At(first.row, first.column, None, first.sheet), found=code, source=source
                )

    @property
    def refused(self) -> bool:
        """True once there is an error."""
        return any(problem.severity == "error" for problem in self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of the file: those of the whole file first, then by row."""
        return tuple(sorted(self._problems, key=lambda problem: problem.row or 0))


def quoted(text: str) -> str:
    """Text from a file as a message may show it: in quotes, cut to a line, nothing invisible left as it is."""
    shown = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in shown) + "”"


def span(rows: Iterable[int]) -> str:
    """Row numbers for a message, runs joined: `rows 2–5, 9`."""
    numbers = sorted(set(rows))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:10]]
    if len(runs) > len(shown):
        shown.append(f"and {len(runs) - len(shown)} more")
    return ("row " if len(numbers) == 1 else "rows ") + ", ".join(shown)
