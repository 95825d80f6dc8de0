"""Every figure that a page shows, read back from its HTML and held against the file that the page was made from.

A figure is marked where it stands: `<data value="61.5" data-cell="overall_scores.score:2024,EST" data-digits="2">`. The
cell is looked up by the key of its table, in a connection that has nothing to do with how the page was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from gci.core.database.warehouse_file import quoted, reading
from gci.site.texts import number

KEYS: Mapping[str, tuple[str, ...]] = {
    "overall_scores": ("edition", "iso3"),
    "pillar_scores": ("edition", "iso3", "pillar"),
    "indicator_scores": ("edition", "iso3", "indicator"),
    "group_scores": ("edition", "grouping", "member_group", "dimension"),
    "score_changes": ("iso3", "from_edition", "to_edition", "dimension"),
    "capacity_gaps": ("edition", "iso3", "grouping", "item"),
    "capacity_gap_peers": ("edition", "iso3", "grouping", "item", "peer"),
    "framework": ("edition", "node"),
    "answers": ("edition", "iso3", "item"),
    "corrections": ("id",),
    "published_history": ("edition", "iso3", "source"),
    "gca_activity_measures": ("activity", "measure", "edition", "grouping", "member_group", "statistic"),
    "releases": ("edition", "vintage"),
    "indicator_comparability": ("from_edition", "to_edition", "concept"),
}
"""What finds the row of a figure, for each table that pages show figures of."""


class Difference(NamedTuple):
    """A figure that is not what the file says.

    Attributes:
        page: the page, below the site's folder.
        cell: table, column and key.
        shown: what the page shows.
        expected: what it should show; `no such row` where the file has none.
    """

    page: str
    cell: str
    shown: str
    expected: str


def read_back(home: Path, pages: Iterator[Path] | list[Path], database: Path) -> tuple[int, list[Difference]]:
    """Hold the figures of pages against a file.

    Args:
        home: the site's folder, for the names of pages.
        pages: the HTML files to read.
        database: the file that they were made from.

    Returns:
        How many figures were read, and those that differ.
    """
    count, wrong = 0, []
    with reading(database) as connection:
        cells = _Cells(connection)
        for path in pages:
            document = html.fromstring(path.read_bytes())
            language = document.get("lang") or "en"
            for shown in document.iter("data"):
                cell = shown.get("data-cell")
                if cell is None:
                    continue
                count += 1
                expected = cells.text(cell, int(shown.get("data-digits") or 0), language)
                said = (shown.get("value"), " ".join("".join(map(str, shown.itertext())).split()))
                if said != expected:
                    wrong.append(Difference(path.relative_to(home).as_posix(), cell, str(said), str(expected)))
    return count, wrong


class _Cells:
    """The columns of tables by key, each read once."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._columns: dict[tuple[str, str], dict[str, Any]] = {}

    def text(self, cell: str, digits: int, language: str) -> tuple[str, str]:
        """Value and text that a cell has to be shown with."""
        where, _, key = cell.partition(":")
        table, _, column = where.partition(".")
        found = self._column(table, column)
        if key not in found:
            return "", "no such row"
        value = found[key]
        if value is None:
            return "", "–"
        return repr(float(value)), " ".join(number(value, digits, language).split())

    def _column(self, table: str, column: str) -> dict[str, Any]:
        if (table, column) not in self._columns:
            key = " || ',' || ".join(f"cast({name} as varchar)" for name in KEYS[table])
            statement = f'select {key}, "{column.replace(chr(34), "")}" from {quoted(table)[1:-1]}'
            self._columns[table, column] = dict(self._connection.execute(statement).fetchall())
        return self._columns[table, column]
