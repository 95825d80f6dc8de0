"""Parts of a message that come from a file, and parts that are said in the language of its reader."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from gci.texts import marked, translator

LONGEST_QUOTE = 60
_MOST_RUNS = 10


class Words(ABC):
    """Something that a message says in its own language."""

    @abstractmethod
    def said(self, language: str) -> str:
        """The words in `language`, or else in English."""

    def __str__(self) -> str:
        return self.said("en")


@dataclass(frozen=True)
class Phrase(Words):
    """A part of a message that the catalogues have: it is found where it is made, as `Phrase("commas")`.

    Attributes:
        text: in English.
        values: name of a place in it → text.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def said(self, language: str) -> str:
        """The phrase with its places filled."""
        return translator(language).gettext(self.text, **dict(self.values))


@dataclass(frozen=True)
class Counted(Words):
    """A number of things, in the form that a language has for it: `Counted("{num} byte", "{num} bytes", 3)`.

    Attributes:
        one: in English, of one.
        many: in English, of another number.
        number: how many.
    """

    one: str
    many: str
    number: int

    def said(self, language: str) -> str:
        """The number and what it counts."""
        return translator(language).ngettext(self.one, self.many, self.number)


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
            more = Counted("and {num} more", "and {num} more", len(runs) - len(shown))
            shown.append(more.said(language))
        # No plural by a number: none stands beside the noun, and 21 rows are not "row 21" in any language.
        named = marked("row {numbers}") if len(self.numbers) == 1 else marked("rows {numbers}")
        return translator(language).gettext(named, numbers=", ".join(shown))


def quoted(text: str) -> str:
    """Text from a file as a message may show it: in quotes, cut to a line, nothing invisible left as it is."""
    shown = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in shown) + "”"


def span(rows: Iterable[int]) -> Rows:
    """Row numbers for a message: `rows 2–5, 9`."""
    return Rows(tuple(sorted(set(rows))))
