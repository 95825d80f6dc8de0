"""A sheet of a workbook, read once: its values together with whatever stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from gci.collect.readers.addresses import LAST_COLUMN, LAST_ROW, Place, address_of, area_of, place_of
from gci.collect.readers.archive import Archive, Relation, local
from gci.collect.readers.grid import Span, as_text
from gci.collect.readers.number_formats import GENERAL, is_moment, moment_of

MOST_TEXT = 500_000_000  # characters of all cells, a text counted for each cell that shares it
MOST_BESIDE = 100_000  # links, merged areas
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # the strict form of the standard
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PICTURE = re.compile(r"\s*(?:_xlfn\.)*(?:_xlws\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_NAMES = {
    f"{space} {name}": name
    for space in _MAIN
    for name in (
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "t",
        "rPh",
        "mergeCells",
        "mergeCell",
        "hyperlinks",
        "hyperlink",
    )
}
_HELD = {
    "row": "sheetData",
    "c": "row",
    "v": "c",
    "f": "c",
    "is": "c",
    "mergeCell": "mergeCells",
    "hyperlink": "hyperlinks",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it.

    Attributes:
        value: what is stored: a text, number, truth, day or time; None where nothing is.
        formula: text of its formula without `=`, '' where another cell has it; None where there is none.
        error: whether it shows an error in place of a value; `value` is then its text.
        shown_as: its number format.
        has_picture: whether it holds a picture, as far as that can be told.
    """

    value: str | float | bool | date | time | timedelta | None
    formula: str | None = None
    error: bool = False
    shown_as: str = GENERAL
    has_picture: bool = False

    @property
    def text(self) -> str:
        """The value as text without blanks around it; '' where there is none."""
        return "" if self.value is None else as_text(self.value).strip()

    @property
    def never_calculated(self) -> bool:
        """Whether it has a formula whose result was never stored."""
        return self.formula is not None and self.value is None


@dataclass
class Sheet:
    """A sheet.

    Attributes:
        name: its name.
        visible: whether it shows.
        rows: number of a row → number of a column → its cell, for those with something in them, both in order.
        hidden: numbers of the rows with cells that do not show.
        merged: areas that are one cell, counted from 0.
        links: place of a cell → the address that it leads to.
        notes: addresses of the cells with a note.
        pictures: addresses of the cells on which pictures or other files lie.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    links: dict[Place, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def cells(self) -> Iterator[tuple[Place, Cell]]:
        """All cells with their places."""
        for number, row in self.rows.items():
            for column, cell in row.items():
                yield (number, column), cell

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The rows with something in them as texts by column, from the first column on, each with its number."""
        for number, row in self.rows.items():
            record = [""] * max(row)
            for column, cell in row.items():
                record[column - 1] = cell.text
            yield number, record

    def grid(self) -> list[list[str]]:
        """All rows from the first on as texts, empty ones too."""
        there = dict(self.records())
        return [there.get(number, []) for number in range(1, max(there, default=0) + 1)]


@dataclass(frozen=True)
class Shared:
    """What the sheets of a workbook share: texts, number formats of styles, and from when days are counted."""

    texts: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


def texts_of(archive: Archive, part: str | None) -> list[str]:
    """The texts that cells share, by their numbers; none where no part has them."""
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        inside.append(local(tag))

    def end(_: str) -> None:
        if inside.pop() == "si":
            texts.append(unescaped("".join(pieces)))
            pieces.clear()

    def text(piece: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:  # how a word is pronounced is not part of it
            pieces.append(piece)

    if part is not None:
        archive.parse(part, start, end, text)
    return texts


def unescaped(text: str) -> str:
    """A text in which characters that XML has not are written as `_x0007_`."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def read_sheet(archive: Archive, part: str, sheet: Sheet, shared: Shared, relations: dict[str, Relation]) -> None:
    """Fill a sheet from its part. Raises UnreadableError when it is too big or has a form that is not understood."""
    reading = _Reading(archive, sheet, shared, relations)
    archive.parse(part, reading.start, reading.end, reading.text)
    for row in [number for number in sheet.rows if not sheet.rows[number]]:
        del sheet.rows[row]
    sheet.rows = {number: dict(sorted(sheet.rows[number].items())) for number in sorted(sheet.rows)}


class _Reading:
    """How far the sheet has been read."""

    def __init__(self, archive: Archive, sheet: Sheet, shared: Shared, relations: dict[str, Relation]) -> None:
        self._archive = archive
        self._sheet = sheet
        self._shared = shared
        self._relations = relations
        self._inside: list[str] = []
        self._row = self._column = self._cells = self._size = 0
        self._last_row = self._last_column = 0
        self._row_is_said = self._hidden = False
        self._cell: dict[str, str] = {}
        self._pieces: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._dates: dict[str, bool] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = _NAMES.get(tag, "")
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(name)
        if name in _HELD and parent != _HELD[name]:
            if name in ("row", "c", "hyperlink"):  # a cell that another program may see
                raise self._archive.unusual(f"{self._sheet.name}: <{name}>")
            return
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "f"):
            self._into = self._pieces.setdefault(name, [])
        elif name == "t":
            self._into = (
                self._pieces.setdefault("is", []) if "is" in self._inside and "rPh" not in self._inside else None
            )
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "hyperlink":
            self._link(attributes)

    def end(self, _: str) -> None:
        """The innermost element ends."""
        name = self._inside.pop()
        if name == "c":
            self._end_cell()
        elif name in ("v", "f", "t"):
            self._into = None

    def text(self, piece: str) -> None:
        """A piece of text in the innermost element."""
        if self._into is not None:
            self._into.append(piece)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        if said is not None and not (said.isascii() and said.isdecimal() and len(said) < 9):
            raise self._archive.unusual(f"{self._sheet.name}: {said}")
        self._row = self._row + 1 if said is None else int(said)
        self._column = 0
        self._row_is_said = said is not None
        self._hidden = attributes.get("hidden", "") in ("1", "true")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > self._archive.limits.cells:
            raise self._archive.too_big("cells_in_a_sheet", self._archive.limits.cells)
        said = attributes.get("r")
        if said is None:
            self._column += 1
        else:
            place = place_of(said)
            if place is None:
                raise self._archive.unusual(f"{self._sheet.name}: {said}")
            if place[0] > LAST_ROW or place[1] > LAST_COLUMN:
                raise self._archive.too_big("cells_in_a_sheet", self._archive.limits.cells)
            if place[0] != self._row:
                if self._row_is_said or self._column or place[0] < self._row:
                    raise self._archive.unusual(f"{self._sheet.name}: {said}")
                self._row = place[0]
            self._column = place[1]
        self._cell = attributes
        self._pieces = {}

    def _end_cell(self) -> None:
        formula = None
        if "f" in self._pieces:
            formula = "".join(self._pieces["f"])
        kind = self._cell.get("t", "n")
        value = self._value(kind)
        if value is None and formula is None:
            return
        row = self._sheet.rows.setdefault(self._row, {})
        if self._column in row or self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise self._archive.unusual(f"{self._sheet.name}: {address_of((self._row, self._column))}")
        error = kind == "e"
        picture = (error and "vm" in self._cell) or bool(formula and _PICTURE.match(formula))
        row[self._column] = Cell(value, formula, error, self._format(), picture)
        if self._hidden:
            self._sheet.hidden.add(self._row)
        self._measure(value)

    def _measure(self, value: object) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > self._archive.limits.cells:
            raise self._archive.too_big("cells_in_a_sheet", self._archive.limits.cells)
        if isinstance(value, str):
            self._size += len(value)
            if self._size > MOST_TEXT:
                raise self._archive.too_big("characters_in_cells", MOST_TEXT)

    def _format(self) -> str:
        style = self._cell.get("s", "")
        place = int(style) if style.isdecimal() and len(style) < 9 else 0
        return self._shared.formats[place] if place < len(self._shared.formats) else GENERAL

    def _value(self, kind: str) -> str | float | bool | date | time | timedelta | None:
        if kind == "inlineStr":
            return unescaped("".join(self._pieces["is"])) if "is" in self._pieces else None
        if "v" not in self._pieces:
            return "" if kind == "e" else None
        said = "".join(self._pieces["v"])
        if kind in ("str", "e", "d"):
            return unescaped(said)
        try:
            if kind == "s":
                return self._shared.texts[_index(said)]
            if kind == "b":
                return {"1": True, "true": True, "0": False, "false": False}[said.strip()]
            if kind == "n":
                return self._number(float(said)) if said.strip() else None
        except (ValueError, IndexError, KeyError):
            pass
        raise self._archive.unusual(f"{self._sheet.name}: {address_of((self._row, self._column))}")

    def _number(self, value: float) -> float | date | time | timedelta:
        shown_as = self._format()
        if shown_as not in self._dates:
            self._dates[shown_as] = is_moment(shown_as)
        return moment_of(value, shown_as, self._shared.since_1904) if self._dates[shown_as] else value

    def _merge(self, said: str) -> None:
        area = area_of(said)
        if area is None or len(self._sheet.merged) == MOST_BESIDE:
            raise self._archive.unusual(f"{self._sheet.name}: {said}")
        (top, left), (bottom, right) = area
        self._sheet.merged.append(Span(top - 1, left - 1, bottom - 1, right - 1))

    def _link(self, attributes: dict[str, str]) -> None:
        by_id = next((value for name, value in attributes.items() if local(name) == "id" and " " in name), None)
        relation = None if by_id is None else self._relations.get(by_id)
        within = attributes.get("location", "")
        if relation is not None and relation.external:
            target = relation.target + (f"#{within}" if within and "#" not in relation.target else "")
        else:
            target = f"#{within}" if within else ""
        area = area_of(attributes.get("ref", ""))
        if area is None or not target:
            return
        (top, left), (bottom, right) = area
        if (bottom - top + 1) * (right - left + 1) + len(self._sheet.links) > MOST_BESIDE:
            raise self._archive.unusual(f"{self._sheet.name}: {attributes.get('ref', '')}")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._sheet.links[row, column] = target


def _index(said: str) -> int:
    place = int(said)
    if place < 0:
        raise IndexError
    return place
