"""The sheets of a release's workbook: what each shows, under which heads, from which tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import columns, quoted, rows
from gci.publish.formats.needs import Needs, met
from gci.reference.labels import PILLARS
from gci.site.codes import MEANINGS

if TYPE_CHECKING:
    import duckdb

ANSWERS, CODE, STATE, SCORE_HEAD = "Answers", "ISO 3166 code", "State", "Overall score (0–100)"


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook.

    Attributes:
        name: its name, as people say it.
        about: what it shows, for the notes.
        statement: SQL that gives its rows; the names of the columns are the heads, in words.
        decimals: head → decimals shown, where it is not two.
    """

    name: str
    about: str
    statement: str
    decimals: dict[str, int] = field(default_factory=dict)


def sheets(connection: duckdb.DuckDBPyConnection, edition: str) -> Iterator[Sheet]:
    """The sheets about an edition, in their order.

    One is left out where the file, of another version of the program, does not have its tables or columns.

    Args:
        connection: has the warehouse in use.
        edition: the edition.
    """
    for needs, make in _SHEETS:
        if met(connection, needs):
            yield make(connection, quoted(edition))


def _states(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    """Everything of a state in one row: names, groups, place, scores, indicators, who answered."""
    asked = rows(
        connection,
        f"select node, label_en from framework where edition = {edition} and level = 'indicator' order by pillar, node",
    )
    indicators = {one["node"]: f"{one['node']} {one['label_en']} (0–1)" for one in asked}
    places = "".join(
        f",\n    max(i.score) filter (where i.indicator = {quoted(node)}) as {_head(head)}"
        for node, head in indicators.items()
    )
    pillars = ",\n    ".join(f"any_value(w.{pillar}) as {_head(_pillar(pillar))}" for pillar in PILLARS)
    statement = f"""
select
    any_value(w.member_state) as "State",
    w.iso3 as "ISO 3166 code",
    any_value(w.itu_region) as "Region",
    any_value(w.tier_label) as "Tier",
    any_value(w.rank) as "Rank",
    any_value(w.score) as {_head(SCORE_HEAD)},
    {pillars},
    any_value(o.points_to_next_tier) as "Points to the next tier",
    any_value(w.respondent_status) as "Who answered",
    replace(
        replace(replace(replace(any_value(o.development), 'lldc', 'LLDC'), 'ldc', 'LDC'), 'sids', 'SIDS'), ' ', ', '
    ) as "Development groups",
    any_value(w.income) as "Income group",
    if(any_value(w.synthetic), 'invented', null) as "Rehearsal"{places}
from index_overview_in_languages as w
join index_overview as o using (edition, iso3)
left join indicator_scores as i using (edition, iso3)
where w.edition = {edition} and w.language = 'en'
group by w.iso3
order by "State" """
    about = "One row per state: everything that the edition says of it, from the tier down to the indicators."
    return Sheet("States", about, statement, dict.fromkeys(indicators.values(), 3))


def _groups(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    statement = f"""
select
    case g.grouping when 'itu_region' then 'Region' when 'development' then 'Development' when 'income' then 'Income'
        else 'All' end as "Kind of group",
    coalesce(n.label, 'All member states') as "Group",
    coalesce(d.label, 'Overall score') as "Dimension",
    member_states as "Member states", mean as "Mean", median as "Median", minimum as "Lowest", maximum as "Highest",
    with_data as "States with data", mean_with_data as "Mean of states with data",
    respondents as "Respondents", mean_of_respondents as "Mean of respondents"
from group_scores as g
left join labels as n on (n.kind, n.code, n.language) = (g.grouping, g.member_group, 'en')
left join labels as d on (d.kind, d.code, d.language) = ('concept', g.dimension, 'en')
where edition = {edition}
order by g.grouping, g.member_group, g.dimension <> 'overall', g.dimension"""
    return Sheet("Groups", "One row per group and dimension: how its members did.", statement)


def _changes(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    pillars = ",\n    ".join(
        f"max(change) filter (where dimension = {quoted(pillar)}) as {_head(_pillar(pillar, ''))}" for pillar in PILLARS
    )
    statement = f"""
select
    any_value(name_en) as "State", iso3 as "ISO 3166 code", from_edition as "From edition", to_edition as "To edition",
    max(change) filter (where dimension = 'overall') as "Overall score",
    max(change_at_constant_weights) filter (where dimension = 'overall') as "Overall score at constant weights",
    {pillars}
from score_changes join member_states using (iso3)
where to_edition = {edition}
group by iso3, from_edition, to_edition
order by "State", from_edition"""
    about = "One row per state and earlier edition: by how many points its scores changed; see score_changes."
    return Sheet("Changes", about, statement)


def _weights(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    statement = f"""
select
    p.label_en as "Pillar", upper(f.level[1]) || f.level[2:] as "Level", f.node as "Code", f.label_en as "Name",
    f.weight as "Weight", f.weight_fraction as "Exact weight"
from framework as f
join framework as p on p.edition = f.edition and p.node = f.pillar
where f.edition = {edition}
order by f.pillar, f.level = 'question', f.level = 'indicator', f.node"""
    about = "One row per pillar, indicator and question: points of 20, for a question its share of the indicator."
    return Sheet("Weights", about, statement, {"Weight": 4})


def _differences(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    statement = f"""
select
    name_en as "State", iso3 as "ISO 3166 code", coalesce(d.label, 'Overall score') as "Dimension",
    {_said("source")} as "Source", published as "Published", recomputed as "By the method", difference as "Difference",
    replace(verdict, '_', ' ') as "Verdict", note as "Note"
from reconciliation as r
join member_states using (iso3)
left join labels as d on (d.kind, d.code, d.language) = ('concept', r.dimension, 'en')
where edition = {edition} and verdict not in ('equal', 'derived')
order by "State", r.dimension, source"""
    about = "Figures that a source has published otherwise than the method gives them, each with what explains it."
    return Sheet("Differences", about, statement, {"Published": 4, "By the method": 4, "Difference": 4})


def _errors(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    there = columns(connection, "corrections")
    wanted = {
        "id": "Entry", "published": "Published", "corrected": "By the method", "what_is_wrong": "What is wrong",
        "reason": "Reason", "status": "Status",
    }  # fmt: skip
    said = [f"c.{name} as {_head(head)}" for name, head in wanted.items() if name in there]
    said[1:1] = [
        'm.name_en as "State"',
        'c.iso3 as "ISO 3166 code"',
        "coalesce(d.label, 'Overall score') as \"Dimension\"",
    ]
    statement = f"""
select {", ".join(said)}
from corrections as c
left join member_states as m using (iso3)
left join labels as d on (d.kind, d.code, d.language) = ('concept', c.dimension, 'en')
where c.edition = {edition}
order by c.id"""
    return Sheet("Known errors", "The register of known errors of print.", statement)


def _answers(connection: duckdb.DuckDBPyConnection, edition: str) -> Sheet:
    """Heads of answers are the codes of the items alone: the sheet on how a score is made looks them up."""
    asked = rows(connection, f"select distinct item from answers where edition = {edition} order by item")
    items = [one["item"] for one in asked]
    places = "".join(f",\n    max(a.answer) filter (where a.item = {quoted(one)}) as {_head(one)}" for one in items)
    statement = f"""
select a.iso3 as {_head(CODE)}, any_value(m.name_en) as {_head(STATE)}{places}
from answers as a join member_states as m using (iso3)
where a.edition = {edition} group by a.iso3 order by a.iso3"""
    about = "One row per state: its answers, 0 to 1, under the codes that the sheet Weights names; empty: none."
    return Sheet(ANSWERS, about, statement, dict.fromkeys(items, 3))


_SHEETS: tuple[tuple[Needs, Callable[[duckdb.DuckDBPyConnection, str], Sheet]], ...] = (
    (
        {
            "index_overview_in_languages": ("language", "income"),
            "index_overview": ("points_to_next_tier",),
            "indicator_scores": ("indicator",),
            "framework": ("level", "label_en"),
        },
        _states,
    ),
    ({"group_scores": ("respondents", "with_data", "median"), "labels": ("label",)}, _groups),
    ({"score_changes": ("change_at_constant_weights", "dimension"), "member_states": ("name_en",)}, _changes),
    ({"framework": ("level", "pillar", "weight_fraction")}, _weights),
    ({"answers": ("item", "answer"), "member_states": ("name_en",), "framework": ("node",)}, _answers),
    ({"reconciliation": ("source", "note", "recomputed"), "labels": ("label",)}, _differences),
    (
        {
            "corrections": ("id", "edition", "iso3", "dimension"),
            "member_states": ("name_en",),
            "labels": ("label",),
        },
        _errors,
    ),
)


def _pillar(code: str, unit: str = " (0–20)") -> str:
    return f"{code.replace('_', ' ').capitalize()} measures{unit}"


def _said(column: str) -> str:
    """The codes of a column in the words of the pages."""
    told = " ".join(f"when {quoted(code)} then {quoted(said)}" for code, said in MEANINGS[column].items() if code)
    return f"case {column} {told} else {column} end"


def _head(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
