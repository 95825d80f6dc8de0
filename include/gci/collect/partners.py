"""The rules on a partner's file: what its description in include/partners promises, row by row, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from gci.collect.answers import exact_number
from gci.collect.content import Column, Content
from gci.collect.contracts import Contract
from gci.collect.problems import At, Report, quoted, span
from gci.collect.readers import Row
from gci.collect.rulebook import Rulebook

_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_COLUMNS = ("series", "iso3", "area", "period", "value", "unit", "obs_status", "retrieved_on", "row")


def check_partner(rows: Iterable[Row], contract: Contract, book: Rulebook, report: Report) -> Content:
    """What a partner's file says."""
    check = _Check(contract, book, report)
    for row in rows:
        check.take(row)
    check.finish()
    values = check.columns["value"]
    answered = sum(value is not None for value in values)
    return Content(source=contract.source, answered=answered, items=len(values), columns=check.columns)


class _Check:
    """Holds one file against its contract.

    Attributes:
        columns: the landing columns, filled row by row.
    """

    def __init__(self, contract: Contract, book: Rulebook, report: Report) -> None:
        self.columns: dict[str, Column] = {name: [] for name in _COLUMNS}
        self._contract = contract
        self._book = book
        self._report = report
        self._roles = contract.roles
        self._keys: dict[tuple[str, str, str], int] = {}
        # Problems that a whole column has are noted once with all their rows: (code, column, words) → rows.
        self._repeated: dict[tuple[str, str, tuple[tuple[str, Any], ...]], list[int]] = {}

    def take(self, row: Row) -> None:
        """Check one row and, if its key can be read, keep it."""
        for column, codes in self._contract.allowed.items():
            cell = row.cells.get(column)
            if cell is not None and cell not in codes:
                known = ", ".join(quoted(code) for code in sorted(codes))
                self._note("value_not_allowed", column, cell, row, known=known)
        cells = {role: row.cells.get(column, "") for role, column in self._roles.items()}
        series, period, area = cells["series"], cells["period"], cells["area"]
        right = [self._series(row, series), self._period(row, period), self._area(row, area, cells["area_name"])]
        value = self._value(row, cells)
        if not all(right):
            return
        first = self._keys.setdefault((series, area, period), row.number)
        if first != row.number:
            found = " ".join((series, area, period))
            self._report.add("key_twice", At(row.number, self._roles["series"]), found=found, first_row=first)
            return
        kept = (series, area, area, period, value, cells["unit"], cells["status"], None, str(row.number))
        for cells_above, cell in zip(self.columns.values(), kept, strict=True):
            cells_above.append(cell)

    def finish(self) -> None:
        """Report what was noted for many rows, and the member states that a series leaves out."""
        for (code, column, words), rows in self._repeated.items():
            self._report.add(code, At(rows[0], column), rows=span(rows), **dict(words))
        if not self._report.refused:
            self._say_who_is_missing()

    def _note(self, code: str, column: str, found: str, row: Row, **words: Any) -> None:
        words["found"] = quoted(found)
        self._repeated.setdefault((code, column, tuple(words.items())), []).append(row.number)

    def _series(self, row: Row, series: str) -> bool:
        if series in self._contract.series:
            return True
        self._note("series_unknown", self._roles["series"], series, row, source=self._contract.source)
        return False

    def _period(self, row: Row, period: str) -> bool:
        if _YEAR.fullmatch(period):
            return True
        self._note("period_unreadable", self._roles["period"], period, row)
        return False

    def _area(self, row: Row, area: str, name: str) -> bool:
        """A code of a member state, and a name beside it, if one is there that is known, of the same state."""
        column = self._roles["area"]
        if area not in self._book.states:
            iso3 = self._book.iso2.get(area)
            words = {} if iso3 is None else {"state": self._book.state_name(iso3), "expected": iso3}
            self._note("iso3_alpha2" if words else "area_unknown", column, area, row, **words)
            return False
        named = self._book.names.resolve(name) if name else None
        if named not in (None, area):
            self._note("area_label_differs", column, area, row, label=quoted(name), expected=named)
            return False
        return True

    def _value(self, row: Row, cells: dict[str, str]) -> str | None:
        """The value as the shortest decimal of its double; None where it is missing by its status, or wrong."""
        text, unit = cells["value"], cells["unit"]
        place = At(row.number, self._roles["value"])
        if not text:
            if cells["status"] not in self._contract.missing:
                known = ", ".join(sorted(self._contract.missing))
                self._report.add("value_missing", place, status=quoted(cells["status"]), known=known)
            return None
        value = exact_number(text)
        if value is None:
            self._report.add("value_not_a_number", place, found=quoted(text))
            return None
        series = self._contract.series.get(cells["series"])
        if series is not None and unit != series.unit:
            words = {"series": cells["series"], "expected": series.unit}
            self._note("unit_differs", self._roles["unit"], unit, row, **words)
            return None
        least, most = self._contract.units.get(unit, (float("-inf"), float("inf")))
        if not least <= value <= most:
            words = {"minimum": f"{least:g}", "maximum": f"{most:g}", "unit": unit}
            self._report.add("value_out_of_range", place, found=quoted(text), **words)
            return None
        return repr(value)

    def _say_who_is_missing(self) -> None:
        """Warn of member states of an edition that a series leaves out, once for all series that leave out the same."""
        there: dict[tuple[str, str], set[str]] = {}
        for series, area, period in self._keys:
            there.setdefault((period, series), set()).add(area)
        absent: dict[tuple[str, frozenset[str]], list[str]] = {}
        for (period, series), areas in sorted(there.items()):
            if period in self._book.editions and (missing := self._book.editions[period].members - areas):
                absent.setdefault((period, missing), []).append(series)
        for (period, missing), series_absent in absent.items():
            found = ", ".join(f"{self._book.state_name(iso3)} ({iso3})" for iso3 in sorted(missing)[:10])
            more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
            named = ", ".join(series_absent[:3])
            if len(series_absent) > 3:
                named += f" and {len(series_absent) - 3} more"
            self._report.add("areas_missing", period=period, series=named, found=found + more)
