"""A row of a partner's file → the values that it carries, each with what it is about, as the description says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gci.collect.contract import Contract, Measure
from gci.collect.readers import Row

YEAR_COLUMN = re.compile(r"(19|20)\d\d", re.ASCII)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}( ?[A-Za-z]{1,2})?|\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as it is written.

    Attributes:
        row: the row that it stands in.
        column: the column that the value stands in.
        series, area, name, period, text, unit, status: as written; '' where nothing is. `name` is the area's name
            beside its code; '' for `period` means the day that the whole file is of, '' for `unit` that of the series.
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
    unit, status = about.get("unit", ""), about.get("status", "")

    def one(column: str, series: str, period: str, how: Measure) -> Observation:
        text = row.cells.get(column, "")
        return Observation(row, column, series, area, name, period, text, unit, status, how)

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
        return 1.0 if _DATE.fullmatch(text) else None
    return text
