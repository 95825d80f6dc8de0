"""The rules on a partner's file: what its description in include/partners promises, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from gci.diagnostics.problems import At, Report, quoted, span
from gci.partners.contract import Class, Contract
from gci.partners.geography_mapping import Area, Areas
from gci.partners.observations import MISSING, Observation, in_single_areas, observations, read_date, read_value
from gci.readers import Row
from gci.readers.numbers import exact_number
from gci.readers.sdmx import MISSING as MISSING_STATUS
from gci.readers.sdmx import STATUS, contradiction, says_missing
from gci.reference.validation_context import ValidationContext
from gci.storage.content import Column, Content

_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)
_COLUMNS = ("series", "iso3", "area", "period", "value", "unit", "obs_status", "retrieved_on", "row")
UNKNOWN = "unknown"
"""The period of values of which nobody has said of which day they are. They count for no edition."""


@dataclass(frozen=True)
class Taken:
    """When a file was taken from its owner, and of which day it is.

    Attributes:
        day: the day in the file's name, or else that of its arrival.
        of: the day that its data is of, as the description of the source or the name says; None where neither does.
        digest: SHA-256 of the file.
    """

    day: date
    of: date | None = None
    digest: str = ""


def taken(name: str, arrived: date, digest: str = "", dated: Mapping[str, str] = MappingProxyType({})) -> Taken:
    """When the file of this name was taken: `teams.2026-03-01.json` says it, any other was when it arrived.

    Args:
        name: name of the file.
        arrived: the day of its arrival.
        digest: its SHA-256.
        dated: days that the description gives to files, by SHA-256.
    """
    named = next(filter(None, map(_day_of, _DAY_IN_NAME.finditer(name))), None)
    given = date.fromisoformat(dated[digest]) if digest in dated else None
    return Taken(named or arrived, given or named, digest)


def _day_of(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:  # 30 February
        return None


def check_partner(
    rows: Iterable[Row], contract: Contract, book: ValidationContext, report: Report, when: Taken
) -> Content:
    """What a partner's file says. The report is then also held to what the description tolerates."""
    check = _Check(contract, book, report, when)
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

    def __init__(self, contract: Contract, book: ValidationContext, report: Report, when: Taken) -> None:
        self.columns: dict[str, Column] = {name: [] for name in _COLUMNS}
        self._contract = contract
        self._book = book
        self._report = report
        self._when = when
        self._areas = Areas(contract, book, report)
        self._judged = {*contract.allowed, *contract.roles.values()}
        self._keys: dict[tuple[str, str, str], int] = {}
        self._counts: dict[Area, dict[str, int]] = {}
        self._first_rows: dict[Area, int] = {}
        self._is_undated = False
        # Problems that a whole column has are noted once with all their rows: (code, column, words) → rows.
        self._repeated: dict[tuple[str, str, tuple[tuple[str, Any], ...]], list[int]] = {}

    def take(self, row: Row) -> None:
        """Check one row and keep the values of which the key can be read, for each area that it is about."""
        for column, codes in self._contract.allowed.items():
            cell = row.cells.get(column)
            if cell is not None and cell not in codes:
                known = ", ".join(quoted(code) for code in sorted(codes))
                self._note("value_not_allowed", column, cell, row, known=known)
        if (against := contradiction(row.cells, self._judged)) is not None:
            code, column = against
            status = quoted(row.cells.get(STATUS, ""))
            self._note(code, column, row.cells[column], row, status=status)
            return
        for one in in_single_areas(row, self._contract):
            if self._contract.classes:
                self._count(one)
                continue
            said = [seen for seen in observations(one, self._contract) if seen.text or seen.how.empty != "skip"]
            for observation in said:
                self._observe(observation)
            if not said:
                self._look_at_area(one)

    def finish(self) -> None:
        """Report what was noted for many rows, and the member states that a series leaves out."""
        self._land_counts()
        for (code, column, words), rows in self._repeated.items():
            self._report.add(code, At(rows[0], column), rows=span(rows), **dict(words))
        self._areas.finish()
        if self._is_undated:
            self._report.add("period_unknown", source=self._contract.source, digest=self._when.digest)
        if not self._report.refused and self._contract.covers_members:
            self._say_who_is_missing()

    def _look_at_area(self, row: Row) -> None:
        """Of a row without values: whether it is about an area, or a text below the table."""
        text, name = (row.cells.get(self._contract.roles.get(role, ""), "") for role in ("area", "area_name"))
        if text or name:
            self._areas.area(text, name, row.number)

    def _observe(self, one: Observation) -> None:
        period = one.period or self._day()
        area = self._areas.area(one.area, one.name, one.row.number)
        right = [self._series(one), self._period(one, period), area.counts]
        value = self._value(one) if area.counts or self._reported(area) else None
        if all(right):
            is_first = self._keep(one.series, area, period, value, self._status(one), one.row.number, one.column)
            for year in self._years_before_the_list(one) if is_first and value is not None else ():
                then = repr(self._status_at(one, date(year, 12, 31)))
                self._keep(one.series, area, str(year), then, None, one.row.number, one.column)

    def _years_before_the_list(self, one: Observation) -> range:
        """The years that had ended when the list was made, where the status at their ends is asked for."""
        day = self._day_of_the_list()
        return range(one.how.years_from, day.year) if one.how.years_from and day else range(0)

    def _day_of_the_list(self) -> date | None:
        """The day that the list is of, where it or its name says it."""
        if self._report.as_of is not None:
            return date.fromisoformat(self._report.as_of)
        return self._when.of

    def _status_at(self, one: Observation, day: date | None) -> float:
        """1 where a date stands that had come by a day (any date, where the day is not known), 0 where none had."""
        found = read_date(one.text, one.how)
        return 1.0 if found is not None and (day is None or found <= day) else 0.0

    def _reported(self, area: Area) -> bool:
        """Whether an area whose values do not land is an error, so that the rest of its row is looked at too."""
        return area.text not in self._contract.not_states

    def _keep(
        self, series: str, area: Area, period: str, value: str | None, status: str | None, row: int, column: str
    ) -> bool:
        first = self._keys.setdefault((series, area.iso3 or area.text, period), row)
        if first != row:
            found = " ".join((series, area.text, period))
            place = self._contract.roles.get("series", self._contract.roles.get("area", column))
            self._report.add("key_twice", At(row, place), found=found, first_row=first)
            return False
        unit = self._contract.series[series].unit
        kept = (series, area.iso3, area.text, period, value, unit, status, self._when.day.isoformat(), str(row))
        for cells_above, cell in zip(self.columns.values(), kept, strict=True):
            cells_above.append(cell)
        return True

    def _note(self, code: str, column: str, found: str, row: Row, **words: Any) -> None:
        words["found"] = quoted(found)
        self._repeated.setdefault((code, column, tuple(words.items())), []).append(row.number)

    def _day(self) -> str:
        """The period of a file whose rows give none: the day that it says it is of, or that its name or we say."""
        if self._report.as_of is not None:
            return self._report.as_of
        self._is_undated = self._when.of is None
        return UNKNOWN if self._when.of is None else self._when.of.isoformat()

    def _series(self, one: Observation) -> bool:
        if one.series in self._contract.series:
            return True
        self._note("series_unknown", self._contract.roles["series"], one.series, one.row, source=self._contract.source)
        return False

    def _period(self, one: Observation, period: str) -> bool:
        right = bool(_YEAR.fullmatch(period)) if one.period else "period" not in self._contract.roles
        if not right:
            self._note("period_unreadable", self._contract.roles["period"], one.period, one.row)
        return right

    def _status(self, one: Observation) -> str | None:
        if "status" in self._contract.roles:
            return one.status
        if one.text:
            return None
        return MISSING if one.how.empty == "missing" else one.status or None

    def _value(self, one: Observation) -> str | None:
        """The value as the shortest decimal of its double; None where it is missing, or wrong."""
        place = At(one.row.number, one.column, None, one.row.sheet)
        known = read_value(one.text, one.how)
        if not one.text:
            return self._empty(one, place)
        if "status" in self._contract.roles and self._says_missing(one.status):
            self._report.add("value_and_status", place, found=quoted(one.text), status=quoted(one.status))
            return None
        value = exact_number(known) if isinstance(known, str) else known
        if value is not None and one.how.reads == "date":
            value = self._status_at(one, self._day_of_the_list())
        if value is None:
            self._say_unreadable(one, place)
            return None
        series = self._contract.series.get(one.series)
        if series is None:
            return None
        if one.unit != series.unit and "unit" in self._contract.roles:
            words = {"series": one.series, "expected": series.unit}
            self._note("unit_differs", self._contract.roles["unit"], one.unit, one.row, **words)
            return None
        least, most = self._contract.units[series.unit]
        if one.column in one.row.in_percent and most > 1:
            words = {"unit": series.unit, "minimum": f"{least:g}", "maximum": f"{most:g}"}
            self._report.add("value_shown_in_percent", place, found=quoted(one.text), **words)
            return None
        if one.column in one.row.in_thousands:
            self._report.add("value_shown_in_thousands", place, found=quoted(one.text))
            return None
        if not least <= value <= most:
            words = {"minimum": f"{least:g}", "maximum": f"{most:g}", "unit": series.unit}
            self._report.add("value_out_of_range", place, found=quoted(one.text), **words)
            return None
        return repr(value + 0.0)  # no zero has a sign

    def _say_unreadable(self, one: Observation, place: At) -> None:
        how = one.how
        if how.codes is not None:
            known = ", ".join(quoted(code) for code in sorted(how.codes))
            self._report.add("value_not_a_code", place, found=quoted(one.text), known=known)
        elif how.reads == "date":
            order = {"dmy": "day/month/year", "mdy": "month/day/year"}[how.dates]
            self._report.add("value_not_a_date", place, found=quoted(one.text), order=order)
        else:
            self._report.add("value_not_a_number", place, found=quoted(one.text))

    def _empty(self, one: Observation, place: At) -> str | None:
        """What an empty cell says: a value of its own, that the value is missing, or nothing that can be taken."""
        how = one.how
        if how.codes is not None and "" in how.codes:
            return repr(how.codes[""])
        if how.reads == "date":
            return repr(0.0)
        if how.empty == "refuse":
            self._report.add("value_empty", place)
        if how.empty == "by_status" and not self._says_missing(one.status):
            known = ", ".join(sorted(self._contract.missing | MISSING_STATUS))
            self._report.add("value_missing", place, status=quoted(one.status), known=known)
        return None

    def _says_missing(self, status: str) -> bool:
        return status in self._contract.missing or says_missing(status)

    def _count(self, row: Row) -> None:
        """Count a row that stands for one thing in the series of its class."""
        roles = self._contract.roles
        area = self._areas.area(row.cells.get(roles["area"], ""), "", row.number)
        found = next((one for one in self._contract.classes if _fits(row, one)), None)
        if found is None:
            column = next(iter(self._contract.classes[0].when), roles["area"])
            self._note("row_unclassed", column, row.cells.get(column, ""), row)
        elif area.counts:
            self._first_rows.setdefault(area, row.number)
            counts = self._counts.setdefault(area, {})
            if found.because:
                column = list(found.when)[-1]
                self._note("row_counted_as", column, found.series or "", row, because=found.because)
            if found.series is not None:
                counts[found.series] = counts.get(found.series, 0) + 1

    def _land_counts(self) -> None:
        """The counts of each area. One with a row in some series has none of the others; one without knows of none."""
        series = list(dict.fromkeys(one.series for one in self._contract.classes if one.series is not None))
        for area, counts in self._counts.items():
            for code in series:
                value = repr(float(counts.get(code, 0))) if counts else None
                self._keep(code, area, self._day(), value, None if counts else MISSING, self._first_rows[area], code)

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


def _fits(row: Row, one: Class) -> bool:
    return all(pattern.fullmatch(row.cells.get(column, "")) for column, pattern in one.when.items())
