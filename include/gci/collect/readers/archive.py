"""Whether a workbook can be opened without harm: a small file may unpack to more than a machine holds."""

from __future__ import annotations

import re
import zipfile
import zlib
from itertools import pairwise
from typing import IO, BinaryIO

from gci.collect.problems import At, Report

MOST_BYTES = 200_000_000  # unpacked
MOST_CELLS = 5_000_000  # of the rectangle that a sheet spans: a reader fills it, empty or not
MOST_TEXT = 500_000_000  # characters: cells times the longest text that many of them may share
_CHUNK = 1 << 20
_OVERLAP = 64
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]{0,200}?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,200}?\br\s*=\s*["'](\d{1,7})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b[^>]{0,200}?\bt\s*=\s*["']e["']""")
_PLACED = re.compile(rb"""\br\s*=\s*["'](\w+)["']""")
_END_OF_TEXT = re.compile(rb"</(?:\w+:)?si\s*>")


def admit(content: BinaryIO, report: Report) -> None:
    """Unpack the whole archive once, keeping nothing. Raises UnreadableError, the reason reported, when it is unfit."""
    bounds = _Bounds(report)
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


class _Bounds:
    """What has been unpacked so far, and how far the sheets reach."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._bytes = 0
        self._rows = 1
        self._columns = 1
        self._longest_text = 0
        self._cells = 0

    def part(self, name: str, unpacked: IO[bytes]) -> None:
        """Read one part of the archive through."""
        tail = b""
        since_text = 0
        is_sheet, is_texts = _SHEET.fullmatch(name), _TEXTS.fullmatch(name)
        while chunk := unpacked.read(_CHUNK):
            self._bytes += len(chunk)
            if self._bytes > MOST_BYTES:
                raise self._report.stop("workbook_too_big", limit=f"{MOST_BYTES} bytes unpacked")
            window = tail + chunk
            if is_sheet:
                self._sheet(window)
            if is_texts:
                since_text = self._texts(window, since_text)
            tail = window[-_OVERLAP * 4 :]
        self._longest_text = max(self._longest_text, since_text)

    def judge(self) -> None:
        """Refuse a workbook whose sheets would fill more memory than one of its size may."""
        if self._rows * self._columns > MOST_CELLS:
            raise self._report.stop("workbook_too_big", limit=f"{MOST_CELLS} cells in a sheet")
        if self._cells * self._longest_text > MOST_TEXT:
            raise self._report.stop("workbook_too_big", limit=f"{MOST_TEXT} characters in its cells")

    def _sheet(self, window: bytes) -> None:
        self._cells += window.count(b"<c ") + window.count(b":c ")
        if (error := _ERROR.search(window)) is not None:
            placed = _PLACED.search(error.group())
            where = placed.group(1).decode() if placed else "a cell"
            raise self._report.stop("cell_error", At(), found=where)
        for letters, digits in _CELL.findall(window):
            self._columns = max(self._columns, _column(letters))
            self._rows = max(self._rows, int(digits))
        for digits in _ROW.findall(window):
            self._rows = max(self._rows, int(digits))

    def _texts(self, window: bytes, since: int) -> int:
        """The length of the text that is still open at the end of the window."""
        ends = [0, *(found.end() for found in _END_OF_TEXT.finditer(window))]
        lengths = [after - before for before, after in pairwise(ends)]
        if lengths:
            self._longest_text = max(self._longest_text, since + lengths[0], *lengths)
            return len(window) - ends[-1]
        return since + len(window)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
