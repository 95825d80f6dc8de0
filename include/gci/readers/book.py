"""A workbook → its sheets, found as spreadsheet programs find them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from gci.diagnostics.problems import Report
from gci.readers.addresses import address_of
from gci.readers.archive import Archive, Limits, Relation, local
from gci.readers.cell_styles import styles_of
from gci.readers.cell_texts import texts_of
from gci.readers.sheet import MOST_BESIDE, Shared, Sheet, read_sheet

_LINKS = ("externalLink", "externalLinkPath", "connections")
_LYING_ON_IT = ("oleObject", "package", "control", "ctrlProp")  # files, and boxes to tick
_DRAWN = ("pic", "sp", "graphicFrame")  # pictures, boxes with texts, charts
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "wordVbaData")


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it.

    Attributes:
        name: its name.
        visible: whether it shows.
        part: its part of the archive.
    """

    name: str
    visible: bool
    part: str


class Book:
    """A workbook that may be read.

    Args:
        content: its bytes, seekable.
        report: takes the reason of a refusal.
        limits: how big it may be.

    Attributes:
        sheets: name of each sheet of cells → the sheet as the workbook lists it, in its order.
        recalculates: whether it asks to be calculated when it is opened, as programs write that calculate nothing.

    Raises:
        UnreadableError: it is unfit to be read; the report says why.
    """

    def __init__(self, content: BinaryIO, report: Report, limits: Limits) -> None:
        self._archive = Archive(content, report, limits)
        self._main = self._archive.main_part()
        self._relations = self._archive.relations(self._main)
        self._since_1904 = False
        self.recalculates = False
        self._read: dict[str, Sheet] = {}
        self.sheets: dict[str, Listed] = {}
        self._archive.parse(self._main, self._start)

    @property
    def has_macros(self) -> bool:
        """Whether there are programs in it."""
        return self._archive.has_macros or any(one.kind in _MACROS for one in self._relations.values())

    @property
    def has_links(self) -> bool:
        """Whether it links to other files or data sources."""
        return self._archive.has_links or any(one.kind in _LINKS for one in self._relations.values())

    def shown(self) -> list[str]:
        """The names of the sheets that show."""
        return [one.name for one in self.sheets.values() if one.visible]

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name, read when it is first asked for. Raises UnreadableError when it cannot be trusted."""
        if name not in self._read:
            listed = self.sheets[name]
            relations = self._archive.relations(listed.part)
            found = Sheet(name, listed.visible)
            read_sheet(self._archive, listed.part, found, self._shared, relations)
            for one in relations.values():
                self._look_beside(one, found)
            found.notes = list(dict.fromkeys(found.notes))  # a note with answers to it is in two parts
            self._read[name] = found
        return self._read[name]

    @cached_property
    def _shared(self) -> Shared:
        archive = self._archive
        texts = texts_of(archive, self._only("sharedStrings"))
        return Shared(texts, styles_of(archive, self._only("styles")), self._since_1904)

    def _only(self, kind: str) -> str | None:
        """The one part of a kind that the workbook names; None where there is none."""
        parts = {one.target for one in self._relations.values() if one.kind == kind and not one.external}
        if len(parts) > 1:
            raise self._archive.unusual(kind)
        return next(iter(parts), None)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            self._since_1904 = attributes.get("date1904", "") in ("1", "true")
        elif name == "calcPr":
            asked = (attributes.get("fullCalcOnLoad", ""), attributes.get("forceFullCalc", ""))
            self.recalculates = "1" in asked or "true" in asked
        elif name == "sheet":
            by_id = next((value for key, value in attributes.items() if " " in key and local(key) == "id"), "")
            relation = self._relations.get(by_id)
            called = attributes.get("name", "")
            if relation is None or relation.external:
                raise self._archive.unusual(called)
            if relation.kind != "worksheet":  # a chart, a dialogue
                return
            if called in self.sheets or relation.target in {one.part for one in self.sheets.values()}:
                raise self._archive.unusual(called)
            self.sheets[called] = Listed(called, attributes.get("state", "visible") == "visible", relation.target)

    def _look_beside(self, relation: Relation, sheet: Sheet) -> None:
        """Note what lies beside the cells of a sheet in a part of its own: notes, pictures, buttons, attached files."""
        if relation.external or relation.target not in self._archive:
            return
        if relation.kind in ("comments", "threadedComment"):
            self._archive.parse(relation.target, lambda tag, said: _note(tag, said, sheet))
        elif relation.kind == "drawing":
            _Drawing(sheet).read(self._archive, relation.target)
        elif relation.kind in _LYING_ON_IT and len(sheet.pictures) < MOST_BESIDE:
            sheet.pictures.append("?")


def _note(tag: str, attributes: dict[str, str], sheet: Sheet) -> None:
    place = attributes.get("ref", "")
    if local(tag) in ("comment", "threadedComment") and len(sheet.notes) < MOST_BESIDE:
        sheet.notes.append(place)


class _Drawing:
    """What is drawn on a sheet, each thing by the cell that its upper left corner lies on."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._text = ""
        self._corner: dict[str, int] = {}
        self._in_corner = False

    def read(self, archive: Archive, part: str) -> None:
        """Note what a part draws."""
        archive.parse(part, self._start, self._end, self._more)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = local(tag)
        self._text = ""
        if name in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            self._corner = {}
        self._in_corner |= name == "from"
        if name in _DRAWN and len(self._sheet.pictures) < MOST_BESIDE:
            place = self._corner.get("row", 0) + 1, self._corner.get("col", 0) + 1
            self._sheet.pictures.append(address_of(place) if self._corner else "?")

    def _end(self, tag: str) -> None:
        name = local(tag)
        if self._in_corner and name in ("row", "col") and self._text.strip().isdecimal() and len(self._text) < 9:
            self._corner[name] = int(self._text)
        self._in_corner &= name != "from"

    def _more(self, piece: str) -> None:
        if self._in_corner:
            self._text += piece
