"""Bytes → lines of text with their numbers. What is not certainly text in a known encoding is refused."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from gci.diagnostics.messages import Phrase
from gci.diagnostics.problems import At, Report

_SURE = 16  # bytes that show an encoding
LONGEST_RECORD = 65_536  # characters; a return's longest rows have some thousands

# What a file is by its first bytes, whatever its name.
_LOOKS_LIKE = (
    (b"PK\x03\x04", Phrase("an Excel workbook or a zip archive")),
    (b"PK\x05\x06", Phrase("an empty zip archive")),
    (b"\xd0\xcf\x11\xe0", Phrase("an Excel workbook of the old format (.xls)")),
    (b"\x1f\x8b", Phrase("a compressed file (gzip)")),
    (b"%PDF", Phrase("a PDF document")),
    (b"{\\rtf", Phrase("a text document (RTF)")),
    (b"<!doctype", Phrase("a web page")),
    (b"<html", Phrase("a web page")),
    (b"<?xml", Phrase("an XML document")),
    (b"{", Phrase("a JSON document")),
    (b"[", Phrase("a JSON document")),
)


class Lines(Iterator[str]):
    """The lines of a file, one by one, with their ends as they are (LF, CRLF or CR).

    Attributes:
        number: number of the line given last; the first is 1.
        ended: whether that line had an end of line, as the last of a whole file may not.
        record_start: number of the line that the present record begins with.
    """

    def __init__(self, content: BinaryIO, report: Report, declared: str = "", longest: int = LONGEST_RECORD) -> None:
        """Looks at the first bytes of `content` (seekable). Raises UnreadableError when they are not a text's.

        `declared` is the encoding that the source is known to write in; a byte order mark counts for more. `longest` is
        the most characters that a record may have.
        """
        self.number = 0
        self.ended = True
        self._longest = longest
        self._record_size = 0
        self.record_start = 1
        self._content = content
        self._report = report
        self._encoding = _encoding(content, report, declared)
        self._text = io.TextIOWrapper(content, encoding=self._encoding, newline="")

    def begin_record(self) -> int:
        """Say that a new record begins with the next line; gives that line's number."""
        self._record_size = 0
        self.record_start = self.number + 1
        return self.record_start

    def single(self) -> Iterator[str]:
        """The lines, each for a record of its own."""
        while True:
            self.begin_record()
            try:
                yield next(self)
            except StopIteration:
                return

    def __next__(self) -> str:
        try:
            line = self._text.readline(self._longest + 1)
        except UnicodeDecodeError:
            raise self._report.stop(
                "encoding_unknown", At(self._undecodable()), encoding=_NAMES.get(self._encoding, self._encoding)
            ) from None
        if not line:
            raise StopIteration
        self.number += 1
        self.ended = line[-1] in "\r\n"
        if "\0" in line:
            raise self._report.stop("nul_byte", At(self.number))
        self._record_size += len(line)
        if self._record_size > self._longest:
            if self.number > self.record_start:  # it grew over several lines: only a quotation mark does that
                raise self._report.stop("open_quote", At(self.record_start))
            raise self._report.stop("row_too_long", At(self.number), limit=self._longest)
        return line

    def close(self) -> None:
        """Leave the content open for its owner."""
        self._text.detach()

    def _undecodable(self) -> int:
        """The line that has the first bytes that cannot be decoded; text is decoded ahead of the lines given out."""
        self._content.seek(0)
        decoder = codecs.getincrementaldecoder(self._encoding)()
        row = 1
        while chunk := self._content.read(LONGEST_RECORD):
            before = decoder.getstate()
            try:
                row += _line_ends(decoder.decode(chunk))
            except UnicodeDecodeError:
                decoder.setstate(before)
                return row + _line_ends(_decodable(decoder, chunk))
        return row


def decoded(raw: bytes, report: Report) -> str:
    """A JSON document as text: in UTF-8, or in UTF-16 as its first bytes show. Raises UnreadableError."""
    encoding = json.detect_encoding(raw)
    if encoding.startswith("utf-16"):
        report.add("read_as_utf16")
    try:
        return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = _line_ends(raw[: error.start].decode(encoding, "ignore")) + 1
        shown = _NAMES.get(encoding, encoding.upper().replace("-SIG", ""))
        raise report.stop("encoding_unknown", At(line), encoding=shown) from None


def _line_ends(text: str) -> int:
    """How many lines end in this text: LF, CRLF or CR."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _decodable(decoder: codecs.IncrementalDecoder, chunk: bytes) -> str:
    """What stands in the chunk before the byte that cannot be decoded."""
    text = ""
    for byte in chunk:
        try:
            text += decoder.decode(bytes([byte]))
        except UnicodeDecodeError:
            break
    return text


_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def looks_like(head: bytes) -> Phrase | None:
    """What a file is by its first bytes; None where they are a text's or not known."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return next((what for magic, what in _LOOKS_LIKE if start[: len(magic)].lower() == magic.lower()), None)


def _encoding(content: BinaryIO, report: Report, declared: str) -> str:
    """UTF-8, UTF-16 where a byte order mark says so, or what is declared. Nothing else is certain."""
    content.seek(0)
    head = content.read(1024)
    content.seek(0)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        rest = content.read(LONGEST_RECORD)
        content.seek(0)
        if not rest.removeprefix(codecs.BOM_UTF8).strip():
            raise report.stop("empty_file")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise report.stop("not_a_csv", what=Phrase("a text in UTF-32"))
    if (what := looks_like(head)) is not None:
        raise report.stop("not_a_csv", what=what)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if len(head) == len(codecs.BOM_UTF16_LE):
            raise report.stop("empty_file")
        report.add("read_as_utf16")
        return "utf-16"
    if (unmarked := _unmarked_utf16(head)) is not None:
        report.add("read_as_utf16")
        return unmarked
    return declared if declared and not head.startswith(codecs.BOM_UTF8) else "utf-8-sig"


def _unmarked_utf16(head: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: its header is in ASCII, so every other byte of its first line is NUL."""
    for encoding, empty in (("utf-16-le", 1), ("utf-16-be", 0)):
        first = head[:_SURE]
        if len(first) == _SURE and not any(first[empty::2]) and all(first[1 - empty :: 2]):
            return encoding
    return None
