"""The sheet “How a score is made”: from the answers of a state to its tier, every step a formula that can be followed.

Whoever writes another code into one cell sees that state. What the cells show before anything is computed is what was
published of the first state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, rows
from gci.publish.formats.annex import ANSWERS, CODE, SCORE_HEAD, STATE
from gci.publish.formats.needs import Needs, met

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = "How a score is made"
ABOUT = "From the answers of one state to its score and tier, in formulas: write another code into the marked cell."
NEEDS: Needs = {
    "answers": ("item", "answer", "points"),
    "editions": ("item_level",),
    "framework": ("level", "parent", "pillar", "weight_fraction", "label_en"),
    "member_states": ("name_en",),
    "pillar_scores": ("score",),
    "overall_scores": ("score", "rank", "tier"),
    "tiers": ("label_en", "minimum"),
}
_ITEMS = """
select f.node as item, f.label_en as name, p.label_en as pillar, i.node as indicator, i.weight_fraction as weight,
    if(f.level = 'question', f.weight_fraction, '1') as share, a.answer, a.points
from framework as f
join editions as e using (edition)
join framework as i on i.edition = f.edition and i.node = if(f.level = 'question', f.parent, f.node)
join framework as p on p.edition = f.edition and p.node = f.pillar
left join answers as a on a.edition = f.edition and a.item = f.node and a.iso3 = {state}
where f.edition = {edition} and f.level = e.item_level order by f.pillar, i.node, f.node"""
_PILLARS = """
select f.label_en as pillar, p.score from framework as f
left join pillar_scores as p on p.edition = f.edition and p.pillar = f.node and p.iso3 = {state}
where f.edition = {edition} and f.level = 'pillar' order by f.node"""
_STATE = """
select o.iso3, m.name_en as name, o.score, o.rank, t.label_en as tier
from overall_scores as o join member_states as m using (iso3) left join tiers as t using (edition, tier)
where o.edition = {edition} order by o.iso3 limit 1"""
_HEADS = ("Pillar", "Indicator", "Item", "Name", "Weight of the indicator", "Share of the item", "Answer", "Points")
_WIDTHS = (22, 11, 11, 58, 12, 12, 12, 14)
_HIGH = 15.0
_FIRST = 6
"""The first row of items, counted from 0."""
CHOSEN = "B3"
"""The cell with the code of the state."""


@dataclass(frozen=True)
class Written:
    """Where the results stand.

    Attributes:
        rows: how many rows the sheet has.
        columns: how many columns.
    """

    rows: int
    columns: int


def write(book: Workbook, page: Worksheet, connection: duckdb.DuckDBPyConnection, edition: str) -> Written:
    """Fill the sheet. The sheet Answers is in the book (gci.publish.formats.annex).

    Args:
        book: the workbook.
        page: the empty sheet.
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        edition: the edition.
    """
    return _Sheet(book, page, connection, edition).write()


def can_be_made(connection: duckdb.DuckDBPyConnection, edition: str) -> bool:
    """Whether the file has what the sheet is made from, and the edition has answers."""
    if not met(connection, NEEDS):
        return False
    return bool(rows(connection, f"select 1 from answers where edition = {quoted(edition)} limit 1"))


class _Sheet:
    def __init__(self, book: Workbook, page: Worksheet, connection: duckdb.DuckDBPyConnection, edition: str) -> None:
        self._page, self._connection, self._edition = page, connection, edition
        (self._state,) = self._ask(_STATE)
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._strong = book.add_format({"bold": True})
        self._marked = book.add_format({"bold": True, "bg_color": "#FFF2CC", "border": 1})
        self._points = book.add_format({"num_format": "0.00"})
        self._fine = book.add_format({"num_format": "0.0000"})
        self._exact = book.add_format({"num_format": "0.000000000"})

    def write(self) -> Written:
        items = self._ask(_ITEMS)
        self._head()
        last = _FIRST + len(items)
        for row, one in enumerate(items, start=_FIRST):
            self._item(row, one)
        row = self._pillars(last + 1, f"$A${_FIRST + 1}:$A${last}", f"$G${_FIRST + 1}:$G${last}", last)
        rows_there = self._result(row, last)
        for column, width in enumerate(_WIDTHS):
            self._page.set_column(column, column, width)
        self._page.freeze_panes(_FIRST, 0)
        return Written(rows_there, len(_HEADS))

    def _ask(self, statement: str) -> list[dict[str, Any]]:
        state = quoted(self._state["iso3"]) if "{state}" in statement else ""
        return rows(self._connection, statement.format(edition=quoted(self._edition), state=state))

    def _head(self) -> None:
        page = self._page
        page.write_string(0, 0, NAME, self._strong)
        page.write_string(1, 0, "Write another code into the marked cell. Points = weight × share × answer; none: 0.")
        page.write_string(2, 0, CODE)
        page.write_string(2, 1, self._state["iso3"], self._marked)
        page.data_validation(CHOSEN, {"validate": "list", "source": f"={ANSWERS}!$A$2:$A$1000", "error_title": CODE})
        page.write_string(3, 0, STATE)
        page.write_formula(3, 1, f"=VLOOKUP($B$3,{ANSWERS}!$A:$B,2,FALSE)", None, self._state["name"])
        page.set_row(_FIRST - 1, 2 * _HIGH)
        for column, head in enumerate(_HEADS):
            page.write_string(_FIRST - 1, column, head, self._bold)

    def _item(self, row: int, one: dict[str, Any]) -> None:
        page, line = self._page, row + 1
        for column, name in enumerate(("pillar", "indicator", "item", "name")):
            page.write_string(row, column, one[name])
        for column, name in ((4, "weight"), (5, "share")):
            above, _, below = one[name].partition("/")
            page.write_formula(row, column, f"={one[name]}", self._fine, int(above) / int(below or 1))
        place = f"INDEX({ANSWERS}!$A:$ZZ,MATCH($B$3,{ANSWERS}!$A:$A,0),MATCH($C{line},{ANSWERS}!$1:$1,0))"
        asked = f'=IFERROR(IF(ISBLANK({place}),"",{place}),"")'
        page.write_formula(row, 6, asked, self._fine, "" if one["answer"] is None else one["answer"])
        made = f"=IF(ISNUMBER($G{line}),$E{line}*$F{line}*$G{line},0)"
        page.write_formula(row, 7, made, self._fine, one["points"] or 0)

    def _pillars(self, row: int, pillars: str, answers: str, last: int) -> int:
        """One row per pillar: the points of its items added up; nothing where nothing was answered."""
        for one in self._ask(_PILLARS):
            line = row + 1
            self._page.write_string(row, 0, one["pillar"])
            self._page.write_string(row, 3, "Points of the pillar")
            points = f"$H${_FIRST + 1}:$H${last}"
            added = f"ROUND(SUMIF({pillars},$A{line},{points}),9)"
            made = f'=IF(COUNTIFS({pillars},$A{line},{answers},">=0")=0,"",{added})'
            self._page.write_formula(row, 7, made, self._points, "" if one["score"] is None else one["score"])
            row += 1
        return row

    def _result(self, row: int, last: int) -> int:
        """Score, tier by the cuts, and what was published; gives the number of rows of the sheet."""
        page, state = self._page, self._state
        answers, points = (f"${column}${_FIRST + 1}:${column}${last}" for column in "GH")
        score = "" if state["score"] is None else state["score"]
        page.write_string(row, 0, SCORE, self._strong)
        page.write_formula(row, 7, f'=IF(COUNT({answers})=0,"",ROUND(SUM({points}),9))', self._exact, score)
        made, row = f"$H${row + 1}", row + 1
        page.write_string(row, 0, PUBLISHED)
        there = f'INDEX(States!$A:$ZZ,MATCH($B$3,States!$B:$B,0),MATCH("{SCORE_HEAD}",States!$1:$1,0))'
        page.write_formula(row, 7, f'=IFERROR(IF(ISBLANK({there}),"",{there}),"")', self._exact, score)
        row += 1
        cuts = self._ask("select label_en, minimum from tiers where edition = {edition} order by minimum")
        if cuts:
            first = row + 3
            named, least = (f"${column}${first + 1}:${column}${first + len(cuts)}" for column in "DH")
            page.write_string(row, 0, TIER, self._strong)
            found = f'=IF({made}="","",LOOKUP({made},{least},{named}))'
            page.write_formula(row, 7, found, self._strong, state["tier"] or "")
            page.write_string(row + 2, 0, "A tier begins at a score of", self._bold)
            for place, cut in enumerate(cuts, start=first):
                page.write_string(place, 3, cut["label_en"])
                page.write_number(place, 7, cut["minimum"], self._points)
            row = first + len(cuts)
        return row


SCORE, PUBLISHED, TIER = "Overall score", "As published (sheet States)", "Tier"
