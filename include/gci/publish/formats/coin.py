"""coin/: data and structure as the COIN Tool of the JRC and the R package COINr take them, iData.csv and iMeta.csv.

Units are states, level 1 are the indicators from 0 to 1, level 2 the pillars, level 3 the index. Weights count
relative to their siblings. A state of which nothing is known has empty cells, not zeros.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import quoted, rows
from gci.publish.formats.about import About
from gci.publish.formats.needs import Needs

if TYPE_CHECKING:
    import duckdb

ROOT = "GCI"
FOLDER = "coin"
NEEDS: Needs = {
    "framework": ("parent", "level", "label_en", "weight"),
    "index_overview": ("name_en", "itu_region", "income", "tier_label", "respondent_status"),
    "indicator_scores": ("indicator", "score"),
}
_META = """
with nodes as (
    select f.node, f.parent, f.level, f.label_en, f.weight from framework as f
    where f.edition = {edition} and f.level in ('pillar', 'indicator')
)
select {root} as "iCode", {title} as "iName", 1 as "Direction", 1.0 as "Weight", 'Points of 100' as "Unit",
    3 as "Level", null as "Parent", 'Aggregate' as "Type"
union all
select node, label_en, 1, weight, if(level = 'pillar', 'Points of 20', 'Answer, 0 to 1'),
    if(level = 'pillar', 2, 1), coalesce(parent, {root}), if(level = 'pillar', 'Aggregate', 'Indicator') from nodes
union all
select name, label, null, null, null, null, null, 'Group' from (values
    ('Group_Region', 'Region of ITU'), ('Group_Income', 'Income group of the World Bank'), ('Group_Tier', 'Tier')
) as groups (name, label)
order by "Level" nulls last, "Parent" nulls last, "iCode"
"""
_DATA = """
select o.iso3 as "uCode", o.name_en as "uName", o.itu_region as "Group_Region", o.income as "Group_Income",
    o.tier_label as "Group_Tier"{indicators}
from index_overview as o left join indicator_scores as i using (edition, iso3)
where o.edition = {edition} group by all order by o.iso3
"""


def write(connection: duckdb.DuckDBPyConnection, about: About, folder: Path) -> list[Path]:
    """Write iData.csv and iMeta.csv.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        about: the release.
        folder: where to; it is there.

    Returns:
        The two files.
    """
    asked = f"from framework where edition = {quoted(about.edition)} and level = 'indicator' order by pillar, node"
    known = "o.respondent_status <> 'no_data'"
    indicators = "".join(
        f""",\n    max(i.score) filter (where i.indicator = {quoted(one["node"])} and {known}) as "{one["node"]}\""""
        for one in rows(connection, asked)
    )
    told = {"edition": quoted(about.edition), "root": quoted(ROOT), "title": quoted(about.title)}
    files = {folder / "iData.csv": _DATA, folder / "iMeta.csv": _META}
    for target, statement in files.items():
        connection.execute(
            f"copy ({statement.format(**told, indicators=indicators)}) to {quoted(str(target))} (format csv, header)"
        )
    return list(files)
