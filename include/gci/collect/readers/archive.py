"""Whether a workbook can be opened without harm: a small file may unpack to more than a machine holds."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import IO, BinaryIO
from xml.etree import ElementTree

from gci.collect.problems import Report
from gci.collect.wording import Phrase

MOST_TEXT = 500_000_000  # characters: cells times the longest text that many of them may share
MOST_FORMULAS = 20_000
_CHUNK = 1 << 20
_OVERLAP = 256
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what a password turns a workbook into, and workbooks before 2007
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_NAMES = re.compile(r"xl/(workbook\.xml|_rels/workbook\.xml\.rels)", re.IGNORECASE)
_XML = re.compile(r".*\.(xml|rels|vml)", re.IGNORECASE)
_MACROS = re.compile(r"(?:.*/)?vba\w*\.bin|xl/macrosheets/.*", re.IGNORECASE)
_LINKS = re.compile(r"xl/externalLinks/[^/]+\.xml|xl/connections\.xml", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]{0,200}?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,200}?\br\s*=\s*["'](\d{1,7})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b[^>]{0,200}?\bt\s*=\s*["']e["'][^>]{0,200}>""")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]{0,200}>\s*<(?:\w+:)?f[\s/>]")
_PLACED = re.compile(rb"""\br\s*=\s*["'](\w+)["']""")
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How big a workbook may be.

    Attributes:
        unpacked: bytes.
        cells: of the rectangle that a sheet spans: a reader fills it, empty or not.
    """

    unpacked: int
    cells: int


OF_A_PARTNER = Limits(200_000_000, 5_000_000)
OF_A_RETURN = Limits(50_000_000, 500_000)


@dataclass
class Contents:
    """What a workbook holds beside plain values, found without opening it.

    Attributes:
        formulas: part of the archive → cells with a formula, such as `D17`.
        errors: part → cells that show an error in place of a value.
        macros: whether there are programs in it.
        links: whether it links to other files or data sources.
        documents: the parts that say which sheet is which part.
    """

    formulas: dict[str, set[str]] = field(default_factory=dict)
    errors: dict[str, set[str]] = field(default_factory=dict)
    macros: bool = False
    links: bool = False
    documents: dict[str, bytes] = field(default_factory=dict)

    def sheets(self) -> dict[str, str]:
        """Name of each sheet → its part; nothing where the workbook does not say it the usual way."""
        try:
            # `_Bounds.part` has refused whatever has a DTD: there are no entities that could grow.
            relations = ElementTree.fromstring(self.documents["xl/_rels/workbook.xml.rels"])  # noqa: S314
            book = ElementTree.fromstring(self.documents["xl/workbook.xml"])  # noqa: S314
        except (KeyError, ElementTree.ParseError):
            return {}
        parts = {one.get("Id"): _part(one.get("Target", "")) for one in relations}
        found = {
            one.get("name", ""): parts.get(next((one.get(key) for key in one.attrib if key.endswith("}id")), None), "")
            for one in book.iter()
            if one.tag.endswith("}sheet")
        }
        return found if all(_SHEET.fullmatch(part) for part in found.values()) else {}


def _part(target: str) -> str:
    """The name of a part from what a relation of the workbook calls it."""
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target))


def admit(content: BinaryIO, report: Report, limits: Limits) -> Contents:
    """Unpack the whole archive once, keeping next to nothing. Raises UnreadableError, reported, when it is unfit."""
    head = content.read(len(_COMPOUND))
    content.seek(0)
    if head == _COMPOUND:
        raise report.stop("workbook_locked")
    if not head.startswith(_ZIP):
        raise report.stop("not_a_workbook")
    bounds = _Bounds(report, limits)
    try:
        with zipfile.ZipFile(content) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as unpacked:
                    bounds.part(entry.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise report.stop("not_a_workbook") from None
    finally:
        content.seek(0)
    bounds.judge()
    return bounds.contents


class _Bounds:
    """What has been unpacked so far, and how far the sheets reach.

    Attributes:
        contents: what was found on the way.
    """

    def __init__(self, report: Report, limits: Limits) -> None:
        self._limits = limits
        self.contents = Contents()
        self._report = report
        self._bytes = 0
        self._rows = 1
        self._columns = 1
        self._longest_text = 0
        self._cells = 0
        self._formulas = 0

    def part(self, name: str, unpacked: IO[bytes]) -> None:
        """Read one part of the archive through."""
        self.contents.macros |= bool(_MACROS.fullmatch(name))
        self.contents.links |= bool(_LINKS.fullmatch(name))
        tail = b""
        since_text = 0
        is_sheet, is_texts, is_xml = _SHEET.fullmatch(name), _TEXTS.fullmatch(name), _XML.fullmatch(name)
        while chunk := unpacked.read(_CHUNK):
            self._bytes += len(chunk)
            if self._bytes > self._limits.unpacked:
                raise self._too_big("bytes_unpacked", self._limits.unpacked)
            window = tail + chunk
            # A DTD may define entities that grow without end. A NUL byte is UTF-16, in which none of this is seen.
            if is_xml and (_DOCTYPE.search(window) or b"\0" in chunk):
                raise self._report.stop("workbook_with_entities")
            if is_sheet:
                self._sheet(name, window)
            if is_texts:
                since_text = self._texts(window, since_text)
            if _NAMES.fullmatch(name):
                self.contents.documents[name.lower()] = window
            tail = window[-_OVERLAP * 4 :]
        self._longest_text = max(self._longest_text, since_text)

    def judge(self) -> None:
        """Refuse a workbook whose sheets would fill more memory than one of its size may."""
        self._judge_cells()
        if self._cells * self._longest_text > MOST_TEXT:
            raise self._too_big("characters_in_cells", MOST_TEXT)

    def _judge_cells(self) -> None:
        if self._rows * self._columns > self._limits.cells:
            raise self._too_big("cells_in_a_sheet", self._limits.cells)

    def _too_big(self, what: str, limit: int) -> Exception:
        return self._report.stop("workbook_too_big", limit=Phrase(what, (("count", limit),)))

    def _sheet(self, name: str, window: bytes) -> None:
        self._cells += window.count(b"<c ") + window.count(b":c ")
        for pattern, found in ((_ERROR, self.contents.errors), (_FORMULA, self.contents.formulas)):
            for cell in pattern.findall(window):
                placed = _PLACED.search(cell)
                found.setdefault(name, set()).add(placed.group(1).decode().upper() if placed else "?")
            if len(found.get(name, ())) > MOST_FORMULAS:
                raise self._too_big("formulas", MOST_FORMULAS)
        cells = _CELL.findall(window)
        columns = {letters for letters, _ in cells}
        rows = {digits for _, digits in cells} | set(_ROW.findall(window))
        self._columns = max(self._columns, *(column_number(letters.decode()) for letters in columns), 1)
        self._rows = max(self._rows, *map(int, rows), 1)
        self._judge_cells()

    def _texts(self, window: bytes, since: int) -> int:
        """The length of the text that is still open at the end of the window."""
        ends = [0, *(found.end() for found in _END_OF_TEXT.finditer(window))]
        lengths = [after - before for before, after in pairwise(ends)]
        if lengths:
            self._longest_text = max(self._longest_text, since + lengths[0], *lengths)
            return len(window) - ends[-1]
        return since + len(window)


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters of a column from its number: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
