"""A row of a partner's file → the values that it carries, each with what it is about, as the description says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from gci.partners.contract import Contract, Measure
from gci.readers import Row
from gci.readers.sdmx import STATUS

MISSING = "O"
"""Of CL_OBS_STATUS: there is no value."""
YEAR_COLUMN = re.compile(r"(19|20)\d\d", re.ASCII)
# A treaty's chart puts letters behind a date: accession, succession.
_DATE = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: ?[A-Za-z]{1,2})?|(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as it is written.

    Attributes:
        row: the row that it stands in.
        column: the column that the value stands in.
        series, area, name, period, text, unit, status: as written; '' where nothing is. `name` is the area's name
            beside its code; '' for `period` means the day that the whole file is of, '' for `unit` that of the series.
            `status` is what SDMX says beside the value where the description asks for none.
        how: how the text is to be read.
    """

    row: Row
    column: str
    series: str
    area: str
    name: str
    period: str
    text: str
    unit: str
    status: str
    how: Measure


def observations(row: Row, contract: Contract) -> Iterator[Observation]:
    """The values of a row, in the order of the description."""
    about = {role: row.cells.get(column, "") for role, column in contract.roles.items()}
    area, name = about.get("area", ""), about.get("area_name", "")
    unit, status = about.get("unit", ""), about.get("status", row.cells.get(STATUS, ""))

    def one(column: str, series: str, period: str, how: Measure) -> Observation:
        text = row.cells.get(column, "")
        said = status
        if text in contract.means_empty:
            # A text of which the description says that it stands for nothing says by itself that there is no value.
            text, said = "", status or (MISSING if how.empty == "by_status" else "")
            how = replace(how, empty="missing") if how.empty == "refuse" else how
        return Observation(row, column, series, area, name, period, text, unit, said, how)

    if "value" in contract.roles:
        how = Measure(series="", empty="by_status")
        yield one(contract.roles["value"], about["series"], about.get("period", ""), how)
    for column, measure in contract.measures.items():
        if column in row.cells:
            yield one(column, measure.series, measure.period or about.get("period", ""), measure)
    if contract.years is not None:
        for column in row.cells:
            if YEAR_COLUMN.fullmatch(column):
                yield one(column, about["series"], column, contract.years)


def read_value(text: str, how: Measure) -> float | str | None:
    """The value of a cell that is not empty, as a number or as the text of one; None when it is not readable so."""
    if how.codes is not None:
        return how.codes.get(text)
    if how.reads == "date":
        return 1.0 if read_date(text, how) else None
    return text


def read_date(text: str, how: Measure) -> date | None:
    """The day that a cell names; None where it names none that there is."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    first, second, year, *iso = found.groups()
    try:
        if year is None:
            return date(*map(int, iso))
        day, month = (first, second) if how.dates == "dmy" else (second, first)
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def in_single_areas(row: Row, contract: Contract) -> Iterator[Row]:
    """The row once for each of the areas that its cell names, in their order, each once."""
    roles = [contract.roles[role] for role in ("area", "area_name") if role in contract.roles]
    mark = contract.areas_separated_by
    parts = {column: [part.strip() for part in row.cells.get(column, "").split(mark)] for column in roles if mark}
    count = len(parts.get(roles[0], ())) if roles else 0
    if count < 2:
        yield row
        return
    same = {column: found for column, found in parts.items() if len(found) == count}
    blank = dict.fromkeys(parts, "")  # names that are not as many as the codes belong to none of them for certain
    for each in dict.fromkeys(zip(*same.values(), strict=True)):
        if any(each):
            yield replace(row, cells=row.cells | blank | dict(zip(same, each, strict=True)))
