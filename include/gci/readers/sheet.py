"""A sheet of a workbook, read once: its values together with whatever stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from operator import attrgetter
from xml.etree.ElementTree import Element

from gci.diagnostics.messages import Counted
from gci.diagnostics.problems import UnreadableError
from gci.readers.addresses import LAST_COLUMN, LAST_ROW, Place, address_of, area_of, column_letters, place_of
from gci.readers.archive import Archive, Relation
from gci.readers.cell_styles import PLAIN, Style
from gci.readers.cell_texts import MAIN, NAMES, Texts, is_struck, text_of, unescaped
from gci.readers.grid import Span, as_text
from gci.readers.number_formats import GENERAL, is_moment, moment_of

MOST_TEXT = 500_000_000  # characters of all cells, a text counted for each cell that shares it
MOST_BESIDE = 100_000  # links, merged areas
_LETTERS = tuple(column_letters(number) for number in range(1, 101))
_PICTURE = re.compile(r"[\s+=]*(?:_xlfn\.)*(?:_xlws\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_TAG = attrgetter("tag")


@dataclass(slots=True)
class Cell:
    """A cell with something in it.

    Attributes:
        value: what is stored: a text, number, truth, day or time; None where nothing is.
        formula: text of its formula without `=`, '' where another cell has it; None where there is none.
        error: whether it shows an error in place of a value; `value` is then its text.
        shown_as: its number format.
        has_picture: whether it holds a picture, as far as that can be told.
        struck: whether it is struck out, or a part of its text is.
    """

    value: str | float | bool | date | time | timedelta | None
    formula: str | None = None
    error: bool = False
    shown_as: str = GENERAL
    has_picture: bool = False
    struck: bool = False

    @property
    def text(self) -> str:
        """The value as text without blanks around it; '' where there is none."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        return "" if value is None else as_text(value).strip()

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
        hidden_columns: first and last number of columns beside each other that do not show.
        merged: areas that are one cell, counted from 0.
        links: place of a cell → the address that it leads to.
        notes: addresses of the cells with a note.
        pictures: addresses of the cells on which pictures, boxes with texts, charts or other files lie.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
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
        for number in self.rows:
            yield number, self.record(number)

    def record(self, number: int) -> list[str]:
        """A row as texts by column, from the first column on; nothing where it is empty."""
        row = self.rows.get(number, {})
        record = [""] * max(row, default=0)
        for column, cell in row.items():
            record[column - 1] = cell.text
        return record

    def grid(self) -> list[list[str]]:
        """All rows from the first on as texts, empty ones too, with the blanks around them."""
        rows: list[list[str]] = [[] for _ in range(max(self.rows, default=0))]
        for number, row in self.rows.items():
            record = [""] * max(row)
            for column, cell in row.items():
                record[column - 1] = "" if cell.value is None else as_text(cell.value)
            rows[number - 1] = record
        return rows


@dataclass(frozen=True)
class Shared:
    """What the sheets of a workbook share: texts, styles, and from when days are counted."""

    texts: Texts
    styles: Sequence[Style]
    since_1904: bool


def read_sheet(archive: Archive, part: str, sheet: Sheet, shared: Shared, relations: dict[str, Relation]) -> None:
    """Fill a sheet from its part. Raises UnreadableError when it is too big or has a form that is not understood."""
    _Reading(archive, sheet, shared, relations).read(part)
    sheet.rows = {number: dict(sorted(sheet.rows[number].items())) for number in sorted(sheet.rows)}


class _Reading:
    """How far the sheet has been read."""

    def __init__(self, archive: Archive, sheet: Sheet, shared: Shared, relations: dict[str, Relation]) -> None:
        self._archive = archive
        self._sheet = sheet
        self._shared = shared
        self._relations = relations
        self._row = self._column = self._cells = self._size = 0
        self._last_row = self._last_column = 0
        self._row_is_said = False
        self._dates: dict[str, bool] = {}
        self._styles: dict[str, Style] = {}
        # What is done with the elements beside the cells, by name.
        self._beside: Mapping[str | None, Callable[[Element], None]] = {
            "col": lambda element: self._column_style(element.attrib),
            "mergeCell": lambda element: self._merge(element.get("ref", "")),
            "hyperlink": lambda element: self._link(element.attrib),
        }

    def read(self, part: str) -> None:
        """Go through the part: all of it where it is small, otherwise a row at a time."""
        whole = self._archive.tree(part)
        if whole is None:
            self._by_rows(part)
        else:
            self._all(whole)

    def _all(self, whole: Element) -> None:
        there: Counter[str | None] = Counter()
        for tag, count in Counter(map(_TAG, whole.iter())).items():
            there[NAMES.get(tag)] += count
        tables = [child for child in whole if NAMES.get(child.tag) == "sheetData"]
        rows = [row for table in tables for row in table if NAMES.get(row.tag) == "row"]
        for row in rows:
            self._read_row(row)
        self._refuse_elsewhere(tables, there["row"], len(rows), there["c"])
        for name, read in self._beside.items():
            for element in (one for space in MAIN for one in whole.iter(f"{{{space}}}{name}") if there[name]):
                read(element)

    def _by_rows(self, part: str) -> None:
        rows = cells = 0  # all that there are, wherever they stand
        for element in self._archive.ended(part):
            name = NAMES.get(element.tag)
            if name == "c":
                cells += 1
            elif name == "row":
                rows += 1
                self._read_row(element)
                element.clear()
            elif name in self._beside:
                self._beside[name](element)
        # The last to end holds all others.
        tables = [child for child in element if NAMES.get(child.tag) == "sheetData"]
        held = sum(NAMES.get(row.tag) == "row" for table in tables for row in table)
        self._refuse_elsewhere(tables, rows, held, cells)

    def _refuse_elsewhere(self, tables: Sequence[Element], rows: int, held: int, cells: int) -> None:
        """Refuse a row or a cell that stands elsewhere than in the one table: another program may see it."""
        if len(tables) > 1 or rows != held or cells != self._cells:
            raise self._unusual("sheetData")

    def _read_row(self, row: Element) -> None:
        said = row.get("r")
        if said is not None and not (said.isascii() and said.isdecimal() and len(said) < 9):
            raise self._unusual(said)
        self._row = self._row + 1 if said is None else int(said)
        self._row_is_said = said is not None
        self._column = 0
        most, number = self._archive.limits.cells, str(self._row)
        for cell in row:
            if NAMES.get(cell.tag) != "c":
                continue
            self._cells += 1
            if self._cells > most:
                raise self._archive.too_big(_cells(most))
            address = cell.get("r")
            if address is None or (self._column < len(_LETTERS) and address == _LETTERS[self._column] + number):
                self._column += 1
            else:
                self._go_to(address)
            if len(cell) or cell.get("t") == "e":
                self._read_cell(cell)
        if self._row in self._sheet.rows and _is_hidden(row.attrib, "ht"):
            self._sheet.hidden.add(self._row)

    def _column_style(self, said: Mapping[str, str]) -> None:
        first, last = said.get("min", ""), said.get("max", "")
        if _is_hidden(said, "width") and first.isdecimal() and last.isdecimal() and len(first + last) < 11:
            self._sheet.hidden_columns.append((int(first), int(last)))

    def _go_to(self, said: str) -> None:
        """Go to the cell of this address, which must lie in the row."""
        place = place_of(said)
        if place is None:
            raise self._unusual(said)
        number, column = place
        if number > LAST_ROW or column > LAST_COLUMN:
            raise self._archive.too_big(_cells(self._archive.limits.cells))
        if number != self._row:
            if self._row_is_said or self._column or number < self._row:
                raise self._unusual(said)
            self._row = number
        self._column = column

    def _read_cell(self, cell: Element) -> None:
        said: dict[str, str] = {}
        for part in cell:
            name = NAMES.get(part.tag)
            if name is None:
                continue
            if name in said or (len(part) and name != "is"):
                raise self._unusual(f"<{name}>")
            said[name] = text_of(part) if name == "is" else part.text or ""
        kind, formula, number = cell.get("t", "n"), said.get("f"), cell.get("s", "0")
        if ("is" in said or kind == "inlineStr") and (said.get("v") or kind != "inlineStr"):
            raise self._unusual(address_of((self._row, self._column)))  # other programs take the other text, or none
        style = self._styles.get(number) or self._style(number)
        value = self._value(kind, said, style.shown_as)
        if value is None and formula is None:
            return
        row = self._sheet.rows.setdefault(self._row, {})
        if self._column in row or self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise self._unusual(address_of((self._row, self._column)))
        error = kind == "e"
        picture = (error and cell.get("vm") is not None) or bool(formula and _PICTURE.match(formula))
        struck = style.struck or (kind == "s" and self._shared.texts.is_struck(said["v"]))
        struck = struck or ("is" in said and any(map(is_struck, cell)))
        row[self._column] = Cell(value, formula, error, style.shown_as, picture, struck)
        if self._row > self._last_row or self._column > self._last_column:
            self._measure()
        if isinstance(value, str):
            self._size += len(value)
            if self._size > MOST_TEXT:
                raise self._archive.too_big(
                    Counted("{num} character in its cells", "{num} characters in its cells", MOST_TEXT)
                )

    def _style(self, number: str) -> Style:
        """A style by its number, looked up once."""
        styles = self._shared.styles
        place = int(number) if number.isdecimal() and len(number) < 9 else 0
        self._styles[number] = style = styles[place] if place < len(styles) else PLAIN
        return style

    def _measure(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row * self._last_column > self._archive.limits.cells:
            raise self._archive.too_big(_cells(self._archive.limits.cells))

    def _value(
        self, kind: str, said: Mapping[str, str], shown_as: str
    ) -> str | float | bool | date | time | timedelta | None:
        if kind == "inlineStr":
            return unescaped(said["is"], self._archive.report) if "is" in said else None
        text = said.get("v")
        if text is None:
            return "" if kind == "e" else None
        try:
            if kind == "s":
                return self._shared.texts.by_number(text)
            if kind in ("str", "e", "d"):
                return unescaped(text, self._archive.report)
            if kind == "b":
                return {"1": True, "true": True, "0": False, "false": False}[text.strip()]
            if kind == "n":
                return self._number(float(text), shown_as) if text.strip() else None
        except (ValueError, IndexError, KeyError):
            pass
        raise self._unusual(address_of((self._row, self._column)))

    def _number(self, value: float, shown_as: str) -> float | date | time | timedelta:
        if shown_as not in self._dates:
            self._dates[shown_as] = is_moment(shown_as)
        return moment_of(value, shown_as, self._shared.since_1904) if self._dates[shown_as] else value

    def _unusual(self, what: str) -> UnreadableError:
        return self._archive.unusual(f"{self._sheet.name}: {what}")

    def _merge(self, said: str) -> None:
        area = area_of(said)
        if area is None or len(self._sheet.merged) == MOST_BESIDE:
            raise self._unusual(said)
        (top, left), (bottom, right) = area
        self._sheet.merged.append(Span(top - 1, left - 1, bottom - 1, right - 1))

    def _link(self, attributes: dict[str, str]) -> None:
        by_id = next((value for name, value in attributes.items() if name.endswith("}id")), None)
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
            raise self._unusual(attributes.get("ref", ""))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._sheet.links[row, column] = target


def _is_hidden(said: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column does not show: it is hidden, or has no height or width."""
    return said.get("hidden", "") in ("1", "true") or said.get(size, "").strip() in ("0", "0.0")


def _cells(number: int) -> Counted:
    return Counted("{num} cell in a sheet", "{num} cells in a sheet", number)
