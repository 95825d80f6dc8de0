"""The texts of the cells of a workbook: shared by many, or in one alone, in pieces of different fonts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gci.diagnostics.problems import Report
from gci.readers.archive import Archive
from gci.readers.raised import raised

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # the strict form of the standard
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NAMES = {
    f"{{{space}}}{name}": name
    for space in MAIN
    for name in (
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "si",
        "t",
        "r",
        "mergeCell",
        "hyperlink",
        "col",
        "strike",
        "vertAlign",
    )
}
_OFF = ("0", "false")


@dataclass(frozen=True)
class Texts:
    """The texts that cells share.

    Attributes:
        texts: by their numbers.
        struck: the numbers of those that are struck out, or of which a part is.
    """

    texts: Sequence[str] = ()
    struck: frozenset[int] = frozenset()

    def by_number(self, said: str) -> str:
        """The text of a number as a cell says it. Raises ValueError or IndexError where there is none."""
        place = int(said)
        if place < 0:
            raise IndexError
        return self.texts[place]

    def is_struck(self, said: str) -> bool:
        """Whether the text of a number that there is, is struck out."""
        return bool(self.struck) and int(said) in self.struck


def texts_of(archive: Archive, part: str | None) -> Texts:
    """The texts that cells share; none where no part has them."""
    texts: list[str] = []
    struck: set[int] = set()
    if part is None:
        return Texts()
    whole = archive.tree(part)
    for element in archive.ended(part) if whole is None else whole:
        if NAMES.get(element.tag) == "si":
            if is_struck(element):
                struck.add(len(texts))
            texts.append(unescaped(text_of(element), archive.report))
            element.clear()
    return Texts(texts, frozenset(struck))


def unescaped(text: str, report: Report) -> str:
    """A text in which characters that XML has not are written as `_x0007_`; a half of one is reported and replaced."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    if not any("\ud800" <= char <= "\udfff" for char in plain):
        return plain
    whole = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if halves := whole.count("\ufffd") - plain.count("\ufffd"):
        report.add("half_characters", count=halves)
    return whole


def text_of(inline: Element) -> str:
    """The text of a cell that has it in itself; how a word is pronounced is not part of it."""
    pieces: list[str] = []
    for part in inline:
        if NAMES.get(part.tag) == "t":
            pieces.append(part.text or "")
        elif NAMES.get(part.tag) == "r":
            text = "".join(run.text or "" for run in part if NAMES.get(run.tag) == "t")
            pieces.append(raised(text, pieces[-1] if pieces else "") if _is_raised(part) else text)
    return "".join(pieces)


def _is_raised(piece: Element) -> bool:
    """Whether a piece of a text stands above the line."""
    return any(
        NAMES.get(mark.tag) == "vertAlign" and mark.get("val") == "superscript" for font in piece for mark in font
    )


def is_struck(inline: Element) -> bool:
    """Whether a piece of a text in pieces is struck out."""
    return any(
        NAMES.get(mark.tag) == "strike" and mark.get("val", "1") not in _OFF
        for piece in inline
        if NAMES.get(piece.tag) == "r"
        for font in piece
        for mark in font
    )
