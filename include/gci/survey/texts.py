"""Free texts of a row: comments, reasons, links to evidence."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from gci.diagnostics.problems import At, Report, quoted
from gci.readers import Row
from gci.readers.error_texts import is_error_text

LONGEST_TEXT = 10_000
LONGEST_LINK = 2_048

# Embeddings, overrides and isolates of direction: with them a text can show other than it says. Marks (LRM, RLM) stay.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_CONTROLS = "\t\n\r"
# What a spreadsheet would run: =…, @…, and +… or -… with a call or a pipe in it; not "- a point of a list".
_FORMULA = re.compile(r"[=@]|[+-].*[(|!]")
_DIGITS = re.compile(r"[\d\s%٪％]+")
_UNFIT = re.compile(r'[\s<>"]')
_HOST = re.compile(r"[^\s.<>\"]+(\.[^\s.<>\"]+)+")


def text_of(row: Row, column: str, report: Report, item: str | None, limit: int = LONGEST_TEXT) -> str | None:
    """The text of a cell as it is kept; None when there is none. What was taken out or is doubtful is reported."""
    text = row.cells[column]
    if not text:
        return None
    place = row.at(column, item)
    if len(text) > limit:
        report.add("text_too_long", place, found=len(text), limit=limit)
        return None
    if not text.isprintable():
        text = _without_controls(text, report, place)
    if is_error_text(text):
        report.add("error_text", place, found=quoted(text))
    elif _FORMULA.match(text):
        report.add("formula", place, found=quoted(text))
    return text or None


def link_of(row: Row, column: str, report: Report, item: str | None) -> str | None:
    """A link to evidence as it is kept; one that is not a well-formed web address is kept and reported."""
    link = text_of(row, column, report, item, LONGEST_LINK)
    if link and is_error_text(link):
        return link
    if link and _DIGITS.fullmatch(link):
        # `0,5` without quotation marks is two cells: the answer would be read as 0, and this is what is left of it.
        report.add("evidence_is_a_number", row.at(column, item), found=quoted(link))
    elif link and not well_formed(link):
        report.add("evidence_malformed", row.at(column, item), found=quoted(link))
    return link


def well_formed(link: str) -> bool:
    """Whether this is one http or https address with a host name of at least two parts. Nothing is looked up."""
    if _UNFIT.search(link):
        return False
    try:
        parts = urlsplit(link)
        _ = parts.port  # raises when it is not a number
    except ValueError:
        return False
    host = parts.hostname if parts.scheme in ("http", "https") else None
    return bool(host and _HOST.fullmatch(host))


def _without_controls(text: str, report: Report, place: At) -> str:
    turning = _TURNING & set(text)
    if turning:
        report.add("direction_controls", place, found=", ".join(f"U+{ord(char):04X}" for char in sorted(turning)))
        text = "".join(char for char in text if char not in turning).strip()
    controls = {char for char in text if unicodedata.category(char) == "Cc" and char not in _KEPT_CONTROLS}
    if controls:
        report.add("control_characters", place, found=", ".join(f"U+{ord(char):04X}" for char in sorted(controls)))
        text = "".join(char for char in text if char not in controls).strip()
    return text
