"""Lines of a CSV file that are no rows: comments, and the word by which spreadsheets learn how it is separated."""

from __future__ import annotations

import re

from gci.diagnostics.problems import At, Report, quoted, span
from gci.readers.error_texts import is_error_text

_SEPARATOR = re.compile(
    r"""\ufeff*\s*(?P<outer>["']?)sep\s*=\s*(?P<inner>["']?)(?P<sign>\\t|tab|.?)(?P=inner)(?P=outer)[\s,;|]*""",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = {"\\t": "\t", "tab": "\t"}
# What programs and people put before a line that others should pass over: R, pandas, SQL, C, HTML, TeX.
_COMMENT = re.compile(r"\ufeff*\s*(#|//|/\*|<!--|--(?=\s)|%(?=\s))")
_FIRST_CELL = re.compile(r'[^,;|\t"]*')
_SHOWN = 60  # characters of a comment that a message has


def is_separator_line(line: str) -> bool:
    """Whether this is `sep=;`: a word to Excel, which never shows it, and no row."""
    return bool(_SEPARATOR.fullmatch(line))


def is_comment(text: str) -> bool:
    """Whether a line, or the first cell of one, begins as a comment does."""
    first = _FIRST_CELL.match(text.strip())
    return bool(_COMMENT.match(text)) and not (first and len(first[0]) > 1 and is_error_text(first[0].strip()))


class Remarks:
    """Tells lines that are no rows from those that are, and says what was passed over.

    Attributes:
        signs: what lines such as `sep=^` have named to separate cells.
    """

    def __init__(self, report: Report) -> None:
        self.signs: list[str] = []
        self._report = report
        self._comments: dict[int, str] = {}

    def has(self, line: str, number: int) -> bool:
        """Whether a line is none of a table; it is then said."""
        if found := _SEPARATOR.fullmatch(line):
            sign = _WORDS.get(found["sign"].lower(), found["sign"])
            if sign.isprintable() and sign not in ("", '"', "'", " "):
                self.signs.append(sign)
            self._report.add("separator_line", At(number), found=quoted(line.strip().lstrip("\ufeff")))
            return True
        if is_comment(line):
            self.comment(line, number)
            return True
        return False

    def comment(self, text: str, number: int) -> None:
        """Note a line that begins as a comment does."""
        self._comments[number] = text.strip()

    def say(self) -> None:
        """Report the comments that were met since the last time, once with all their rows."""
        if self._comments:
            first = next(iter(self._comments))
            text = self._comments[first]
            shown = text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"
            self._report.add("comment_line", At(first), found=quoted(shown), rows=span(self._comments))
            self._comments = {}
