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
)

select
    edition,
    place,
    subject,
    'synthetic' as column_name,
    synthetic as found,
    not synthetic as expected
from said
where synthetic is distinct from (edition in (from invented))
