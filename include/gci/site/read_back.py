"""Every figure that a page shows, read back from its HTML and held against the file that the page was made from.

A figure is marked where it stands: `<data value="61.5" data-cell="overall_scores.score:2024,EST" data-digits="2">`. The
cell is looked up by the key of its table, in a connection that has nothing to do with how the page was made.
What a chart draws is marked, too (`data-cx="overall_scores.score:2024,EST"`), and has to be where that cell puts it.
`data-digits="text"` marks digits that are no number to be rounded; the column `#` counts the rows of an edition
(or by COUNTED_BY).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from gci.core.database.warehouse_file import quoted, reading
from gci.site.texts import number

if TYPE_CHECKING:
    import duckdb

KEYS: Mapping[str, tuple[str, ...]] = {
    "editions": ("edition",),
    "overall_scores": ("edition", "iso3"),
    "pillar_scores": ("edition", "iso3", "pillar"),
    "indicator_scores": ("edition", "iso3", "indicator"),
    "group_scores": ("edition", "grouping", "member_group", "dimension"),
    "score_changes": ("iso3", "from_edition", "to_edition", "dimension"),
    "score_uncertainty": ("edition", "iso3"),
    "capacity_gaps": ("edition", "iso3", "grouping", "item"),
    "capacity_gap_peers": ("edition", "iso3", "grouping", "item", "peer"),
    "framework": ("edition", "node"),
    "answers": ("edition", "iso3", "item"),
    "corrections": ("id",),
    "revisions": ("edition", "vintage", "iso3", "dimension"),
    "published_history": ("edition", "iso3", "source"),
    "gca_activity_measures": ("activity", "measure", "edition", "grouping", "member_group", "statistic"),
    "releases": ("edition", "vintage"),
    "tiers": ("edition", "tier"),
    "indicator_comparability": ("from_edition", "to_edition", "concept"),
    "partner_values": ("source", "series", "iso3", "period"),
    "partner_value_revisions": ("source", "series", "iso3", "period", "landing_digest"),
    "review_worklist": ("edition", "iso3", "check_code"),
    "audit_summary": ("edition",),
    "audit_scenarios": ("edition", "scenario"),
    "audit_sensitivity": ("edition", "outcome", "factor"),
    "audit_coherence": ("edition", "node"),
    "audit_importance": ("edition", "node"),
}
"""What finds the row of a figure, for each table that pages show figures of."""

COUNTED_BY: Mapping[str, str] = {"partner_values": "source", "partner_value_revisions": "source"}
"""The column by which the rows of a table are counted, where that is not its edition."""

OF_DATA: Mapping[str, frozenset[str]] = {
    "overall_scores": frozenset({"score", "rank", "tier"}),
    "pillar_scores": frozenset({"score"}),
    "indicator_scores": frozenset({"score", "points"}),
    "answers": frozenset({"answer", "points"}),
    "score_uncertainty": frozenset({"tier_probability", "to_next_cut", "score_q05", "score_q95"}),
}
"""Columns that say nothing where there is no data for the state."""


WIDTH = 400
"""Of a chart of figures from 0 to 100, in its own units."""

_WHERE = frozenset({"data-x1", "data-x2", "data-cx"})
"""Attributes of what a chart draws: the cell that says where the attribute without `data-` is."""
_DRAWN: Any = etree.XPath("//svg//*[@data-x1 or @data-x2 or @data-cx]")

PARSER = etree.HTMLParser(encoding="utf-8")


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


def place(value: float) -> str:
    """Where a chart of figures from 0 to 100 draws a figure."""
    return f"{value * WIDTH / 100:.2f}"


def read_back(home: Path, pages: Iterable[Path], database: Path) -> tuple[int, list[Difference]]:
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
        cells = Cells(connection)
        for path in pages:
            document = etree.fromstring(path.read_bytes(), PARSER)
            for cell, shown, expected in cells.figures(document):
                count += 1
                if shown != expected:
                    wrong.append(Difference(path.relative_to(home).as_posix(), cell, str(shown), str(expected)))
    return count, wrong


class Cells:
    """The columns of a file's tables by key, each read once.

    Args:
        connection: where the file is in use.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._columns: dict[tuple[str, str], dict[str, Any]] = {}

    def figures(self, document: Any) -> Iterator[tuple[str, tuple[str | None, str], tuple[str, str]]]:
        """Every figure of a page: its cell, value and text as they stand there, and as they should."""
        language = document.get("lang") or "en"
        for shown in document.iter("data"):
            cell = shown.get("data-cell") or ""
            expected = self._expected(cell, shown.get("data-digits") or "0", language)
            yield cell, (shown.get("value"), " ".join("".join(map(str, shown.itertext())).split())), expected
        for drawn in _DRAWN(document):
            for where in (name for name in drawn.keys() if name in _WHERE):  # noqa: SIM118  (of an element)
                cell = drawn.get(where)
                value, _ = self._expected(cell, "0", language)
                expected = (value, place(float(value)) if value else "nothing")
                yield cell, (value, drawn.get(where.removeprefix("data-")) or ""), expected

    def _expected(self, cell: str, digits: str, language: str) -> tuple[str, str]:
        """Value and text that a cell has to be shown with."""
        where, _, key = cell.partition(":")
        table, _, column = where.partition(".")
        found = self._column(table, column)
        if key not in found and column != "#":
            return "", "no such row"
        value = found.get(key, 0)
        if value is None:
            return "", "–"
        if digits == "text":
            return str(value), " ".join(str(value).split())
        return repr(float(value)), " ".join(number(value, int(digits) if digits.isdecimal() else 0, language).split())

    def _column(self, table: str, column: str) -> dict[str, Any]:
        if (table, column) not in self._columns:
            self._columns[table, column] = self._read(table, column)
        return self._columns[table, column]

    def _read(self, table: str, column: str) -> dict[str, Any]:
        """The column's cells by key; none where no page shows figures of such a table or column."""
        import duckdb

        if table not in KEYS:
            return {}
        key = " || ',' || ".join(f"cast({name} as varchar)" for name in KEYS[table])
        asked = f'select {key}, "{column.replace(chr(34), "")}" from {quoted(table)[1:-1]}'
        if column == "#":
            by = COUNTED_BY.get(table, "edition")
            asked = f"select {by}, count(*) from {quoted(table)[1:-1]} group by {by}"
        try:
            return dict(self._connection.execute(asked).fetchall())
        except duckdb.Error:
            return {}
