-- Every row of an edition whose returns are invented says so, in every table, and no other row does.
with
invented as (
    select distinct edition
    from candidate.returns_received
    where synthetic
),

said as (
    select 'answers' as place, edition, concat_ws(' ', iso3, item) as subject, synthetic from candidate.answers
    union all
    select 'indicator_scores' as place, edition, concat_ws(' ', iso3, indicator) as subject, synthetic from candidate.indicator_scores
    union all
    select 'pillar_scores' as place, edition, concat_ws(' ', iso3, pillar) as subject, synthetic from candidate.pillar_scores
    union all
    select 'overall_scores' as place, edition, iso3 as subject, synthetic from candidate.overall_scores
    union all
    select 'group_scores' as place, edition, concat_ws(' ', grouping, member_group, dimension) as subject, synthetic from candidate.group_scores
    union all
    select 'capacity_gap_peers' as place, edition, iso3 as subject, synthetic from candidate.capacity_gap_peers
    union all
    select 'evidence_worklist' as place, edition, iso3 as subject, synthetic from candidate.evidence_worklist
    union all
    select 'review_worklist' as place, edition, iso3 as subject, synthetic from candidate.review_worklist
    union all
    select 'tier_positions' as place, edition, iso3 as subject, synthetic from candidate.tier_positions
    union all
    select 'capacity_gaps' as place, edition, iso3 as subject, synthetic from candidate.capacity_gaps
    union all
    select 'gca_activity_measures' as place, edition, concat_ws(' ', activity, measure, grouping, member_group) as subject, synthetic from candidate.gca_activity_measures
    union all
    select 'legal_measures' as place, edition, iso3 as subject, synthetic from candidate.legal_measures
    union all
    select 'technical_measures' as place, edition, iso3 as subject, synthetic from candidate.technical_measures
    union all
    select 'organizational_measures' as place, edition, iso3 as subject, synthetic from candidate.organizational_measures
    union all
    select 'capacity_development' as place, edition, iso3 as subject, synthetic from candidate.capacity_development
    union all
    select 'cooperation' as place, edition, iso3 as subject, synthetic from candidate.cooperation
    union all
    select 'score_uncertainty' as place, edition, iso3 as subject, synthetic from candidate.score_uncertainty
    union all
    select 'score_pairs' as place, edition, iso3 as subject, synthetic from candidate.score_pairs
    union all
    select 'tier_probabilities' as place, edition, concat_ws(' ', iso3, tier) as subject, synthetic from candidate.tier_probabilities
    union all
    select 'tier_fragility' as place, edition, concat_ws(' ', iso3, direction, step) as subject, synthetic from candidate.tier_fragility
    union all
    select 'audit_outliers' as place, edition, iso3 as subject, synthetic from candidate.audit_outliers
    union all
    select 'revisions' as place, edition, concat_ws(' ', vintage, iso3, dimension) as subject, synthetic from candidate.revisions
    union all
    select 'audit_coherence' as place, edition, node as subject, synthetic from candidate.audit_coherence
    union all
    select 'audit_components' as place, edition, concat_ws(' ', node, component) as subject, synthetic from candidate.audit_components
    union all
    select 'audit_correlations' as place, edition, concat_ws(' ', node, other) as subject, synthetic from candidate.audit_correlations
    union all
    select 'audit_importance' as place, edition, node as subject, synthetic from candidate.audit_importance
    union all
    select 'audit_items' as place, edition, item as subject, synthetic from candidate.audit_items
    union all
    select 'audit_left_out' as place, edition, node as subject, synthetic from candidate.audit_left_out
    union all
    select 'audit_scenarios' as place, edition, scenario::varchar as subject, synthetic from candidate.audit_scenarios
    union all
    select 'audit_sensitivity' as place, edition, concat_ws(' ', outcome, factor) as subject, synthetic from candidate.audit_sensitivity
    union all
    select 'audit_summary' as place, edition, edition as subject, synthetic from candidate.audit_summary
    union all
    select 'review_outcomes' as place, edition, concat_ws(' ', pillar, claimed, final) as subject, synthetic from candidate.review_outcomes
    union all
    select 'editions' as place, edition, edition as subject, synthetic from candidate.editions
    union all
    select 'decisions' as place, edition, id as subject, synthetic from candidate.decisions
    union all
    select 'weight_allotments' as place, edition, concat_ws(' ', expert, node) as subject, synthetic from candidate.weight_allotments
    union all
    select 'weight_spread' as place, edition, node as subject, synthetic from candidate.weight_spread
    union all
    select 'index_overview' as place, edition, iso3 as subject, synthetic from candidate.index_overview
    union all
    select 'index_overview_in_languages' as place, edition, concat_ws(' ', iso3, language) as subject, synthetic from candidate.index_overview_in_languages
)

select
    edition,
    place,
    subject,
    if(place = 'decisions', subject, null) as id,  -- the key of that table alone is not the edition's
    'synthetic' as column_name,
    synthetic as found,
    not synthetic as expected
from said
where synthetic is distinct from (edition in (from invented))
