"""What a partner has promised to send, as records. The descriptions are read by gci.partners.contracts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gci.readers import FORMATS, Columns


@dataclass(frozen=True)
class Series:
    """One series of a partner.

    Attributes:
        unit: code of the unit that its values are in.
        title: what it is, for people.
        dimension: pillar or `overall`, where the series carries a score of the index.
        indicator: code of the indicator, where it carries one.
    """

    unit: str
    title: str = ""
    dimension: str | None = None
    indicator: str | None = None


@dataclass(frozen=True)
class Measure:
    """A column whose cells are the values of one series.

    Attributes:
        series: the series.
        period: the period of all its values, where that is not the row's.
        reads: `number`; or `date`: 1 where a date stands, 0 where nothing does.
        codes: cell → value, for columns that are read by neither.
        dates: order of day and month in a date: `dmy` or `mdy`; one that begins with the year is clear.
        years_from: for dates: the first year at whose end the status is given too; None for the day of the list alone.
        empty: what an empty cell is: `refuse` an error, `skip` no value, `missing` a value that is known to be missing.
    """

    series: str
    period: str | None = None
    reads: str = "number"
    codes: Mapping[str, float] | None = None
    dates: str = "dmy"
    years_from: int | None = None
    empty: str = "refuse"


@dataclass(frozen=True)
class Class:
    """What a row counts as, in a file that has a row for each thing.

    Attributes:
        series: the series that it is counted in; None when it is the word that there is nothing to count.
        when: column → pattern that its whole cell matches; a column that the layout does not have is empty.
        because: why the row is counted so although it says otherwise; reported.
    """

    series: str | None
    when: Mapping[str, re.Pattern[str]]
    because: str = ""


@dataclass(frozen=True)
class Gather:
    """Where a source is fetched from.

    Attributes:
        connection: id of the Airflow connection; its type says how (http, aws, sftp, file).
        path: below the address of the connection (s3: bucket/key).
        name: name of the file in the inbox; `{date}` is the day it was fetched.
        pages: how an answer that comes in pages is asked for: names of the parameters, and where the total stands.
        timeout: seconds without a byte after which a try is given up.
        tries: how often it is tried.
        wait: seconds before the second try; doubled for each further one.
        pause: least seconds between two requests to one host.
        largest: bytes, more are not taken.
        redirects: most redirects that are followed.
    """

    connection: str
    path: str
    name: str
    pages: Mapping[str, Any] | None = None
    timeout: float = 60
    tries: int = 4
    wait: float = 2
    pause: float = 1
    largest: int = 100_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Contract:
    """The description of one source.

    Attributes:
        source: its short name, which is that of the inbox folder and of the file in include/partners.
        title, owner, licence, page, note: for people.
        cadence_days: every how many days the owner is expected to publish.
        stale_days: after how many days the latest good file is too old.
        required: whether an edition may not go on with one that is too old.
        formats: layout → format.
        layouts: name → columns of each form in which the data is offered.
        roles: series, area, area_name, period, value, unit, status → the column that plays the part.
        area_codes: what the areas are written in: `iso3`, `iso2`, `m49` or `name`.
        areas_separated_by: what stands between the areas of a row that is about several; '' where rows are about one.
        means_empty: texts of value cells that stand for nothing, such as a dash.
        areas: spellings of this source alone → iso3, reviewed.
        not_states: areas that are known not to be member states, reviewed; code or name → what it is.
        unknown_area: `report` or `refuse`.
        covers_members: whether every member state is expected, so that those left out are named.
        allowed: column → the only codes it may have.
        missing: codes of the status with which a value may be empty.
        units: unit → least and greatest value.
        series: code → what is known of it.
        measures: column → the series of its cells.
        years: how the cells of columns of years are read, in a layout that has them.
        classes: what rows count as, in a file with a row for each thing; the first that fits counts.
        tolerates: codes of the warnings that do not refuse a file of this source.
        dated: SHA-256 of a file that does not say of which day it is → that day, as somebody has found out since.
        gather: where it is fetched from, if anywhere.
    """

    source: str
    title: str
    owner: str
    licence: str
    page: str
    cadence_days: int
    stale_days: int
    formats: Mapping[str, str]
    layouts: Mapping[str, Columns]
    units: Mapping[str, tuple[float, float]]
    series: Mapping[str, Series]
    tolerates: frozenset[str]
    roles: Mapping[str, str]
    note: str = ""
    required: bool = False
    area_codes: str = "iso3"
    areas_separated_by: str = ""
    means_empty: frozenset[str] = frozenset()
    areas: Mapping[str, str] = field(default_factory=dict)
    not_states: Mapping[str, str] = field(default_factory=dict)
    unknown_area: str = "report"
    covers_members: bool = False
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    years: Measure | None = None
    classes: Sequence[Class] = ()
    dated: Mapping[str, str] = field(default_factory=dict)
    gather: Gather | None = None

    def layouts_of(self, suffix: str) -> dict[str, list[Columns]]:
        """The layouts that a file with this suffix may have, by format."""
        found: dict[str, list[Columns]] = {}
        for name, columns in self.layouts.items():
            if suffix in FORMATS[self.formats[name]].suffixes:
                found.setdefault(self.formats[name], []).append(columns)
        return found

    @property
    def suffixes(self) -> list[str]:
        """The ends of the names of its files."""
        return sorted({suffix for name in self.formats.values() for suffix in FORMATS[name].suffixes})
