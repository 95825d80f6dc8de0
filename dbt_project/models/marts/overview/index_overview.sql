-- What most questions are about, side by side: the table to open first.
with
overall_scores as (
    select * from {{ ref('overall_scores') }}
),

pillar_scores as (
    select * from {{ ref('pillar_scores') }}
),

member_states as (
    select * from {{ ref('mart_member_states') }}
),

tiers as (
    select * from {{ ref('mart_tiers') }}
),

tier_positions as (
    select * from {{ ref('tier_positions') }}
    where not recomputed
),

group_members as (
    select * from {{ ref('group_members') }}
),

returns as (
    select * from {{ ref('returns_received') }}
),

pillars as (
    select
        edition,
        iso3,
        max(score) filter (where pillar = 'legal') as legal,
        max(score) filter (where pillar = 'technical') as technical,
        max(score) filter (where pillar = 'organizational') as organizational,
        max(score) filter (where pillar = 'capacity_development') as capacity_development,
        max(score) filter (where pillar = 'cooperation') as cooperation
    from pillar_scores
    group by edition, iso3
),

groups as (
    select
        edition,
        iso3,
        string_agg(member_group, ' ' order by member_group) filter (where grouping = 'development') as development,
        max(member_group) filter (where grouping = 'income') as income
    from group_members
    group by edition, iso3
),

invented as (
    select
        edition,
        bool_or(synthetic) as synthetic
    from returns
    group by edition
)

select
    overall_scores.edition,
    overall_scores.iso3,
    member_states.name_en,
    member_states.itu_region,
    overall_scores.tier,
    tiers.label_en as tier_label,
    overall_scores.rank,
    overall_scores.score,
    pillars.legal,
    pillars.technical,
    pillars.organizational,
    pillars.capacity_development,
    pillars.cooperation,
    overall_scores.respondent_status,
    coalesce(invented.synthetic, false) as synthetic,
    groups.development,
    groups.income,
    tier_positions.points_to_next_tier
from overall_scores
inner join member_states using (iso3)
left join pillars using (edition, iso3)
left join groups using (edition, iso3)
left join tiers using (edition, tier)
left join tier_positions using (edition, iso3)
left join invented using (edition)
