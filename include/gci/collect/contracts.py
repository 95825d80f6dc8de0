"""What each partner has promised to send: one description per source in include/partners, read as a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from gci.collect.readers import Columns
from gci.paths import PARTNERS


@dataclass(frozen=True)
class Series:
    """One series of a partner.

    Attributes:
        unit: code of the unit that its values are in.
        dimension: pillar or `overall`, where the series carries a score of the index.
        indicator: code of the indicator, where it carries one.
    """

    unit: str
    dimension: str | None = None
    indicator: str | None = None


@dataclass(frozen=True)
class Contract:
    """The description of one source.

    Attributes:
        source: its short name, which is that of the inbox folder and of the file in include/partners.
        title, owner, licence, address, format: for people.
        roles: series, area, area_name, period, value, unit, status → the column that plays the part.
        layouts: name → columns of each form in which the data is offered.
        allowed: column → the only codes it may have.
        missing: codes of the status with which a value may be empty.
        units: unit → least and greatest value.
        series: code → what is known of it.
    """

    source: str
    title: str
    owner: str
    licence: str
    address: str
    format: str
    roles: Mapping[str, str]
    layouts: Mapping[str, Columns]
    allowed: Mapping[str, frozenset[str]]
    missing: frozenset[str]
    units: Mapping[str, tuple[float, float]]
    series: Mapping[str, Series]


@cache
def contracts() -> dict[str, Contract]:
    """Every source that is described, by its short name. Raises ValueError when a file is not named for its source."""
    found = {}
    for path in sorted(PARTNERS.glob("*.yml")):
        entry = yaml.safe_load(path.read_text("utf-8"))
        if entry["source"] != path.stem:
            raise ValueError(f"{path.name} describes the source {entry['source']!r}: name the file after it")
        found[path.stem] = Contract(
            **entry
            | {
                "layouts": {name: Columns(tuple(columns)) for name, columns in entry["layouts"].items()},
                "allowed": {column: frozenset(codes) for column, codes in entry["allowed"].items()},
                "missing": frozenset(entry["missing"]),
                "units": {unit: (float(least), float(most)) for unit, (least, most) in entry["units"].items()},
                "series": {code: Series(**series) for code, series in entry["series"].items()},
            }
        )
    return found
