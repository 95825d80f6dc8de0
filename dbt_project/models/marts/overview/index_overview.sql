-- What most questions are about, side by side: the table to open first.
with
overall_scores as (
    select * from {{ ref('overall_scores') }}
),

pillars as (
    select * from {{ ref('int_pillars_side_by_side') }}
),

member_states as (
    select * from {{ ref('member_states') }}
),

tiers as (
    select * from {{ ref('tiers') }}
),

tier_positions as (
    select * from {{ ref('tier_positions') }}
    where not recomputed
),

groups_of_states as (
    select * from {{ ref('int_groups_of_states') }}
),

together as (
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
        overall_scores.synthetic,
        groups_of_states.development,
        groups_of_states.income,
        tier_positions.points_to_next_tier
    from overall_scores
    inner join member_states using (iso3)
    left join pillars using (edition, iso3)
    left join groups_of_states using (edition, iso3)
    left join tiers using (edition, tier)
    left join tier_positions using (edition, iso3)
)

select * from together
