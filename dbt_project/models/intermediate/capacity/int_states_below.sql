-- States outside of the top two tiers. An edition without tiers is held against those of the latest edition with tiers.
with
overall_scores as (
    select * from {{ ref('int_overall_scores') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

second_tier as (
    select
        tiers.edition,
        editions.reference_year,
        tiers.minimum
    from {{ ref('stg_reference__tiers') }} as tiers
    inner join editions using (edition)
    where tiers.tier = 2 and editions.status = 'published'
),

latest_second_tier as (
    select arg_max(minimum, reference_year) as minimum from second_tier
),

thresholds as (
    select
        editions.edition,
        coalesce(own.minimum, latest_second_tier.minimum) as minimum
    from editions
    cross join latest_second_tier
    left join {{ ref('stg_reference__tiers') }} as own on editions.edition = own.edition and own.tier = 2
),

below as (
    select
        overall_scores.edition,
        overall_scores.iso3,
        overall_scores.score
    from overall_scores
    inner join thresholds using (edition)
    where overall_scores.score < thresholds.minimum and overall_scores.respondent_status != 'no_data'
)

select * from below
