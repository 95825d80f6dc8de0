"""Parts of a message that come from a file, and parts that are said in the language of its reader."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

import yaml

LONGEST_QUOTE = 60
_MOST_RUNS = 10
_PHRASES = Path(__file__).with_name("phrases.yml")


class Words(ABC):
    """Something that a message says in its own language."""

    @abstractmethod
    def said(self, language: str) -> str:
        """The words in `language`, or else in English."""

    def __str__(self) -> str:
        return self.said("en")


@dataclass(frozen=True)
class Phrase(Words):
    """One of the fixed phrases of phrases.yml.

    Attributes:
        name: its key there.
        values: name of a place in it → text.
    """

    name: str
    values: tuple[tuple[str, object], ...] = ()

    def said(self, language: str) -> str:
        """The phrase with its places filled."""
        return Template(phrase(self.name, language)).substitute(dict(self.values))


@dataclass(frozen=True)
class Rows(Words):
    """Numbers of rows, runs joined.

    Attributes:
        numbers: sorted, each once.
    """

    numbers: tuple[int, ...]

    def said(self, language: str) -> str:
        """`rows 2–5, 9`; of many runs the first ten, and how many there are besides."""
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_RUNS]]
        if len(runs) > len(shown):
            shown.append(Phrase("and_more", (("count", len(runs) - len(shown)),)).said(language))
        name = "row" if len(self.numbers) == 1 else "rows"
        return Phrase(name, (("numbers", ", ".join(shown)),)).said(language)


def quoted(text: str) -> str:
    """Text from a file as a message may show it: in quotes, cut to a line, nothing invisible left as it is."""
    shown = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in shown) + "”"


def span(rows: Iterable[int]) -> Rows:
    """Row numbers for a message: `rows 2–5, 9`."""
    return Rows(tuple(sorted(set(rows))))


def phrase(name: str, language: str) -> str:
    """A phrase of phrases.yml in a language, or else in English."""
    words = _phrases()[name]
    return words.get(language, words["en"])


@cache
def _phrases() -> dict[str, dict[str, str]]:
    phrases: dict[str, dict[str, str]] = yaml.safe_load(_PHRASES.read_text("utf-8"))
    return phrases
