"""sdmx/: the scores of an edition for statistical systems: structures in SDMX-ML 3.0, data in SDMX-CSV 2.0.

An observation is a state, an indicator (the index, its tier or rank, a pillar, an indicator) and a year. A figure of a
state of which nothing is known is empty with its OBS_STATUS, also where a 0 was printed for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, rows
from gci.publish.formats.about import AGENCY, LICENCE, PRODUCER, About
from gci.publish.formats.needs import Needs
from gci.publish.formats.rendered import rendered

if TYPE_CHECKING:
    import duckdb

FLOW = "GCI"
FOLDER = "sdmx"
STRUCTURES, DATA = "structures.xml", "scores.csv"
NEEDS: Needs = {
    "editions": ("rank_rule",),
    "framework": ("level", "label_en"),
    "indicator_scores": ("score",),
    "member_states": ("name_en",),
    "overall_scores": ("obs_status", "tier", "rank"),
    "pillar_scores": ("score",),
}
_STATUSES = {
    "A": "Normal value",
    "V": "Unvalidated value: desk research that the state has not confirmed",
    "O": "Missing value",
    "L": "Missing value: what the state sent came late",
    "Q": "Missing value: the state withdrew what it sent",
}
_UNITS = {
    "POINTS_100": "Points of 100",
    "POINTS_20": "Points of 20",
    "ANSWER": "0 to 1",
    "TIER": "Tier, 1 the highest",
    "RANK": "Rank, 1 the highest",
}
_INDICATORS = """
select 'overall' as id, 'Overall score' as name, null as parent, 0 as place
union all select 'tier', 'Tier', 'overall', 1 from editions where edition = {edition} and rank_rule = 'tiers'
union all select 'rank', 'Rank', 'overall', 1 from editions where edition = {edition} and rank_rule like 'dense%'
union all select node, label_en, coalesce(parent, 'overall'), if(level = 'pillar', 2, 3)
from framework where edition = {edition} and level in ('pillar', 'indicator')
order by place, id"""
_OBSERVATIONS = """
with figures as (
    select iso3, 'overall' as indicator, 0 as place, score as value, 'POINTS_100' as unit
    from overall_scores where edition = {edition}
    union all select iso3, 'tier', 1, tier, 'TIER' from overall_scores
    where edition = {edition} and edition in (select edition from editions where rank_rule = 'tiers')
    union all select iso3, 'rank', 1, rank, 'RANK' from overall_scores
    where edition = {edition} and edition in (select edition from editions where rank_rule like 'dense%')
    union all select iso3, pillar, 2, score, 'POINTS_20' from pillar_scores where edition = {edition}
    union all select iso3, indicator, 3, score, 'ANSWER' from indicator_scores where edition = {edition}
), told as (
    select f.*, case when o.obs_status in ('O', 'L', 'Q') then o.obs_status when f.value is null then 'O'
        else o.obs_status end as status
    from figures as f join overall_scores as o on o.iso3 = f.iso3 and o.edition = {edition}
)
select 'dataflow' as "STRUCTURE", {structure} as "STRUCTURE_ID", 'I' as "ACTION", iso3 as "REF_AREA",
    indicator as "INDICATOR", {year} as "TIME_PERIOD",
    if(status in ('O', 'L', 'Q'), null, value) as "OBS_VALUE", status as "OBS_STATUS", unit as "UNIT_MEASURE"
from told order by iso3, place, indicator"""


def write(connection: duckdb.DuckDBPyConnection, about: About, folder: Path) -> list[Path]:
    """Write structures.xml and scores.csv.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        about: the release.
        folder: where to; it is there.

    Returns:
        The two files.
    """
    structures, data = folder / STRUCTURES, folder / DATA
    structures.write_text(_structures(connection, about), encoding="utf-8")
    structure = f"{AGENCY}:{FLOW}({about.version})"
    told = {
        "edition": quoted(about.edition),
        "structure": quoted(structure),
        "year": quoted(str(about.reference_year)),
    }
    connection.execute(f"copy ({_OBSERVATIONS.format(**told)}) to {quoted(str(data))} (format csv, header)")
    return [structures, data]


def _structures(connection: duckdb.DuckDBPyConnection, about: About) -> str:
    told = {"agency": AGENCY, "flow": FLOW, "licence": LICENCE, "producer": PRODUCER}
    return rendered("structures.xml", about=about, lists=_lists(connection, about), **told)


def _lists(connection: duckdb.DuckDBPyConnection, about: About) -> list[dict[str, Any]]:
    """The code lists: id, name, and their codes with id, name and parent."""
    areas = rows(
        connection,
        f"""select iso3 as id, name_en as name, null as parent from member_states
        where iso3 in (select iso3 from overall_scores where edition = {quoted(about.edition)}) order by iso3""",
    )
    indicators = rows(connection, _INDICATORS.format(edition=quoted(about.edition)))
    return [
        {"id": "CL_AREA", "name": "Member states, ISO 3166 alpha-3", "codes": areas},
        {"id": "CL_GCI_INDICATOR", "name": "The index, its pillars and indicators", "codes": indicators},
        {"id": "CL_GCI_UNIT", "name": "Units of measure", "codes": _codes(_UNITS)},
        {"id": "CL_OBS_STATUS", "name": "Observation status", "codes": _codes(_STATUSES)},
    ]


def _codes(named: dict[str, str]) -> list[dict[str, Any]]:
    return [{"id": code, "name": name, "parent": None} for code, name in named.items()]
