"""A workbook as the archive that it is: its parts by name, how they relate, and whether it may be opened at all.

What a reader asks for is found the way spreadsheet programs find it: from the relationships of the package, whatever
the parts are called. A form that is not certain to be understood is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser
from xml.parsers import expat

from gci.diagnostics.messages import Counted, Phrase
from gci.diagnostics.problems import Report, UnreadableError
from gci.readers.text import looks_like

MOST_PARTS = 10_000
_CHUNK = 1 << 16
_PIECE = 512
_SMALL = 1_000_000  # bytes of a part whose elements may be in memory all at once
_MOST_KEPT = 4_000_000  # bytes of all such parts
_BEGINNING = 512  # bytes that tell what a file is
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what a password turns a workbook into, and workbooks before 2007
_MACROS = re.compile(r"(?:.*/)?vba\w*\.bin|xl/macrosheets/.*")
_LINKS = re.compile(r"xl/externallinks/[^/]+\.xml|xl/connections\.xml")
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_ENCODINGS = (None, "utf-8", "utf8", "us-ascii", "ascii")
_OTHERS = (
    ("mimetype", Phrase("an OpenDocument file (.ods)")),
    ("content.xml", Phrase("an OpenDocument file (.ods)")),
    ("word/document.xml", Phrase("a text document (.docx)")),
    ("ppt/presentation.xml", Phrase("a presentation (.pptx)")),
    ("xl/workbook.bin", Phrase("a binary workbook (.xlsb)")),
    ("index/document.iwa", Phrase("a document of Numbers (.numbers)")),
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(frozen=True)
class Limits:
    """How big a workbook may be.

    Attributes:
        unpacked: bytes.
        cells: in a sheet, and in the rectangle that those with something in them span.
    """

    unpacked: int
    cells: int


OF_A_PARTNER = Limits(200_000_000, 5_000_000)
OF_A_RETURN = Limits(50_000_000, 500_000)


@dataclass(frozen=True)
class Relation:
    """What one part says of another.

    Attributes:
        kind: last word of its type, such as `worksheet`.
        target: name of the other part, or the address that an external one has.
        external: whether it lies outside of the archive.
    """

    kind: str
    target: str
    external: bool


class Archive:
    """The parts of a workbook that may be opened.

    Args:
        content: the bytes, seekable.
        report: takes the reason of a refusal.
        limits: how big it may be.

    Raises:
        UnreadableError: it is unfit to be read; the report says why.
    """

    def __init__(self, content: BinaryIO, report: Report, limits: Limits) -> None:
        self.report = report
        self.limits = limits
        head = content.read(_BEGINNING)
        content.seek(0)
        if head.startswith(_COMPOUND):
            raise report.stop("workbook_locked")
        if not head.startswith(_ZIP):
            what = looks_like(head)
            if what is not None:
                raise report.stop("workbook_of_another_form", found=what)
            raise report.stop("not_a_workbook")
        try:
            self._zip = zipfile.ZipFile(content)
            self._parts = self._by_name()
            self._kept = self._read_through()
        except _DAMAGE:
            raise report.stop("not_a_workbook") from None

    def _by_name(self) -> dict[str, zipfile.ZipInfo]:
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > self.limits.unpacked:
            raise self.too_big(Counted("{num} byte", "{num} bytes", self.limits.unpacked))
        parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            # Names know no case, and some programs write them with backslashes.
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in parts:
                raise self.unusual(entry.filename)
            parts[name] = entry
        return parts

    def _read_through(self) -> dict[str, bytes]:
        """Read every part to its end, which holds it against its checksum; gives the small ones, as far as they go."""
        kept: dict[str, bytes] = {}
        room = _MOST_KEPT
        for name, entry in self._parts.items():
            with self._zip.open(entry) as unpacked:
                if entry.file_size <= min(_SMALL, room):
                    kept[name] = unpacked.read()
                    room -= len(kept[name])
                while unpacked.read(_CHUNK):
                    pass
        return kept

    def _open(self, part: str) -> IO[bytes]:
        name = part.lower()
        return io.BytesIO(self._kept[name]) if name in self._kept else self._zip.open(self._parts[name])

    @property
    def has_macros(self) -> bool:
        """Whether there are programs in it, by the names of its parts."""
        return any(_MACROS.fullmatch(name) for name in self._parts)

    @property
    def has_links(self) -> bool:
        """Whether it links to other files or data sources, by the names of its parts."""
        return any(_LINKS.fullmatch(name) for name in self._parts)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def main_part(self) -> str:
        """The name of the workbook's own part. Raises UnreadableError where the archive is something else."""
        found = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        main = found[0] if found else "xl/workbook.xml"
        if len(found) < 2 and main in self and main.endswith(".xml") and not main.startswith(("word/", "ppt/")):
            return main
        for name, what in _OTHERS:
            if name in self:
                raise self.report.stop("workbook_of_another_form", found=what)
        raise self.unusual(main)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part relates to, by id; nothing where it says nothing. The part '' is the archive as a whole."""
        folder, name = posixpath.split(part)
        found: dict[str, Relation] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship":
                target = attributes.get("Target", "")
                external = attributes.get("TargetMode", "").lower() == "external"
                kind = attributes.get("Type", "").rpartition("/")[2]
                named = target if external else _resolved(folder, target)
                if found.setdefault(attributes.get("Id", ""), Relation(kind, named, external)).target != named:
                    raise self.unusual(part)

        described = posixpath.join(folder, "_rels", f"{name}.rels")
        if described in self:
            self.parse(described, start)
        return found

    def parse(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Go through a part from its beginning to its end, in little memory.

        Args:
            part: its name.
            start: told of each element's name (namespace and local name, a blank between) and attributes.
            end: told of each element's end.
            text: told of texts, in pieces.

        Raises:
            UnreadableError: it is not there, no XML, or has a form that workbooks have not.
        """
        if part not in self:
            raise self.unusual(part)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        # A DTD may define entities that grow without end; another encoding hides what a guard looks for.
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.XmlDeclHandler = self._refuse_encoding
        try:
            with self._open(part) as unpacked:
                self._feed(parser, unpacked)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from None
            raise self.report.stop("not_a_workbook") from None
        except _DAMAGE:
            raise self.report.stop("not_a_workbook") from None

    def tree(self, part: str) -> Element | None:
        """The elements of a part all at once, which costs half as much as one by one; None where it is a large one.

        Raises UnreadableError as `parse` does.
        """
        if part not in self:
            raise self.unusual(part)
        if part.lower() not in self._kept:
            return None
        parser = XMLParser()  # noqa: S314 - what a DTD could do is refused before
        try:
            with self._open(part) as unpacked:
                parser.feed(self._beyond_prolog(unpacked))
                parser.feed(unpacked.read())
                root: Element = parser.close()
        except (expat.ExpatError, ParseError) as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from None
            raise self.report.stop("not_a_workbook") from None
        except _DAMAGE:
            raise self.report.stop("not_a_workbook") from None
        return root

    def ended(self, part: str) -> Iterator[Element]:
        """The elements of a part as each of them ends, the outermost last.

        Those that have been looked at may be cleared, so that a large part takes little memory. Raises UnreadableError
        as `parse` does.
        """
        if part not in self:
            raise self.unusual(part)
        elements: XMLPullParser = XMLPullParser(("end",))
        try:
            with self._open(part) as unpacked:
                chunk = self._beyond_prolog(unpacked)
                while chunk:
                    elements.feed(chunk)
                    for event in elements.read_events():
                        yield cast(tuple[str, Element], event)[1]
                    chunk = unpacked.read(_CHUNK)
                elements.close()
        except (expat.ExpatError, ParseError) as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from None
            raise self.report.stop("not_a_workbook") from None
        except _DAMAGE:
            raise self.report.stop("not_a_workbook") from None

    def _beyond_prolog(self, unpacked: IO[bytes]) -> bytes:
        """The beginning of a part up to its first element, in which nothing was declared that workbooks do not have."""
        begun: list[str] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, _: begun.append(name)
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.XmlDeclHandler = self._refuse_encoding
        read = b""
        while not begun and (piece := unpacked.read(_PIECE)):
            if not read and b"\0" in piece[:8]:
                raise self.report.stop("workbook_with_entities")
            parser.Parse(piece, False)
            read += piece
        return read

    def _feed(self, parser: expat.XMLParserType, unpacked: IO[bytes]) -> None:
        chunk = unpacked.read(_CHUNK)
        if b"\0" in chunk[:8]:
            raise self.report.stop("workbook_with_entities")
        while chunk:
            parser.Parse(chunk, False)
            chunk = unpacked.read(_CHUNK)
        parser.Parse(b"", True)

    def _refuse_entities(self, *_: object) -> None:
        raise self.report.stop("workbook_with_entities")

    def _refuse_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding.lower() if encoding else None) not in _ENCODINGS:
            raise self.report.stop("workbook_with_entities")

    def too_big(self, limit: Counted) -> UnreadableError:
        """Report that the workbook goes beyond a limit, and give the exception to raise."""
        return self.report.stop("workbook_too_big", limit=limit)

    def unusual(self, what: str) -> UnreadableError:
        """Report a form that is not certain to be understood, and give the exception to raise."""
        return self.report.stop("workbook_unusual", found="".join(char for char in what if char.isprintable())[:60])


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition(" ")[2]


def _resolved(folder: str, target: str) -> str:
    """The name of a part from what a relation calls it."""
    plain = unquote(target).replace("\\", "/").partition("#")[0]
    return posixpath.normpath(plain.lstrip("/") if plain.startswith("/") else posixpath.join(folder, plain))
