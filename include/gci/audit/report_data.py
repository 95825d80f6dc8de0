"""What the report says of an edition, read from the tables of the file that it goes with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, reading, rows

if TYPE_CHECKING:
    import duckdb

Rows = list[dict[str, Any]]

FEW = 30
"""Fewer states than this have no correlation with another index that says anything."""

_ASKED = {
    "tiers": "select tier, label_en, minimum from tiers where edition = {edition} order by tier",
    "framework": """
        select f.node, f.parent, f.level, f.label_en as label, f.weight, i.weight as share,
            greatest(i.variance_share, 0) as importance_share, i.ratio
        from framework as f left join audit_importance as i using (edition, node)
        where edition = {edition} and f.level in ('pillar', 'indicator')
        order by if(f.level = 'pillar', f.node, f.pillar), f.level desc, f.node""",
    "statuses": """
        select respondent_status as status, count(*) as states from overall_scores
        where edition = {edition} group by all order by states desc, status""",
    "items": """
        select a.item, f.label_en as label, a.answered, a.missing, a.mean, a.floor, a.ceiling
        from audit_items as a join framework as f on a.edition = f.edition and a.item = f.node
        where a.edition = {edition} order by greatest(a.floor, a.ceiling) desc nulls last, a.item""",
    "sources": """
        select source, count(*) as answers from answers where edition = {edition} group by all order by all""",
    "coherence": """
        select c.*, coalesce(f.label_en, 'The whole index') as label
        from audit_coherence as c left join framework as f using (edition, node)
        where c.edition = {edition} and c.level in ('overall', 'pillar') order by c.level, c.node""",
    "pillar_pairs": """
        select node, other, pearson, spearman from audit_correlations
        where edition = {edition} and level = 'pillar' order by node, other""",
    "marked_pairs": """
        select c.*, a.label_en as label, b.label_en as other_label from audit_correlations as c
        join framework as a using (edition, node)
        join framework as b on c.edition = b.edition and c.other = b.node
        where edition = {edition} and c.mark is not null order by c.mark, abs(c.pearson) desc, c.node, c.other""",
    "components": """
        select component, eigenvalue, share, cumulated, kept from audit_components
        where edition = {edition} and node = 'overall' order by component""",
    "states": """
        select o.iso3, m.name_en as name, o.score, o.rank, o.tier, u.* exclude (edition, iso3)
        from overall_scores as o join member_states as m using (iso3) join score_uncertainty as u using (edition, iso3)
        where edition = {edition} and o.score is not null order by o.score desc, o.iso3""",
    "choices": """
        select factor, outcome, first_order, shapley from audit_sensitivity
        where edition = {edition} order by outcome, shapley desc nulls last, factor""",
    "scenarios": """
        select count(*) as scenarios, avg(tiers_changed order by scenario) as tiers_changed,
            max(tiers_changed) as most_tiers_changed, avg(mean_rank_shift order by scenario) as rank_shift
        from audit_scenarios where edition = {edition} and not published""",
    "left_out": """
        select l.*, f.label_en as label from audit_left_out as l join framework as f using (edition, node)
        where edition = {edition} and l.level in ('pillar', 'indicator')
        order by l.level desc, coalesce(l.tiers_changed, 0) desc, l.mean_rank_shift desc, l.node""",
    "fragile": """
        select t.iso3, m.name_en as name, t.direction, any_value(t.changes) as changes, o.tier, o.score,
            any_value(t.cut) as cut, string_agg(f.label_en || ' (' || t.item || ')', '; ' order by t.step) as items
        from tier_fragility as t join member_states as m using (iso3) join overall_scores as o using (edition, iso3)
        join framework as f on t.edition = f.edition and t.item = f.node
        where t.edition = {edition} group by all
        order by changes, abs(any_value(o.score) - any_value(t.cut)), t.iso3, t.direction""",
    "outliers": """
        select x.iso3, m.name_en as name, x.edition_before, x.change, x.robust_z
        from audit_outliers as x join member_states as m using (iso3)
        where edition = {edition} and x.outlier order by abs(x.robust_z) desc, x.iso3""",
    "links": """
        with newest as (
            select source, series, iso3, arg_max(value, period) as value, max(period) as period
            from partner_values where value is not null group by source, series, iso3
        )
        select source, series, count(*) as states, round(corr(o.score, n.value), 9) as pearson, max(n.period) as period
        from newest as n join overall_scores as o using (iso3)
        where o.edition = {edition} and o.score is not null group by all having count(*) >= {few}
        order by source, series""",
}


def report_data(database: Path, edition: str) -> dict[str, Any]:
    """Everything that the report says.

    Args:
        database: a candidate or a release's file; only read.
        edition: the edition.

    Returns:
        By name the rows of each part, summary and about (one row each) apart; empty where the edition has no scores.
    """
    with reading(database) as connection:
        ask = partial(_ask, connection, edition)
        summary = ask("from audit_summary where edition = {edition}")
        if not summary:
            return {}
        found: dict[str, Any] = {name: ask(statement) for name, statement in _ASKED.items()}
        found["summary"] = summary[0]
        found["about"] = ask("from editions where edition = {edition}")[0]
    return found


def _ask(connection: duckdb.DuckDBPyConnection, edition: str, statement: str) -> Rows:
    return rows(connection, statement.format(edition=quoted(edition), few=FEW))
