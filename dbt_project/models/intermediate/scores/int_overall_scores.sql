-- The sum of all pillars, rounded once: from the indicators' points, not from rounded pillar scores.
with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
),

answers as (
    select * from {{ ref('int_answers') }}
),

respondents as (
    select * from {{ ref('int_respondents') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

tiers as (
    select * from {{ ref('stg_reference__tiers') }}
),

summed as (
    select
        edition,
        iso3,
        round(sum(points order by indicator), 9) as score
    from indicator_scores
    group by edition, iso3
),

counted as (
    select
        edition,
        iso3,
        cast(count(answer) as integer) as answered,
        cast(count(*) as integer) as items
    from answers
    group by edition, iso3
),

ranked as (
    select
        summed.edition,
        summed.iso3,
        summed.score,
        {{ rank_of('summed.score', 'editions.rank_rule') }} as rank,
        {{ tier_of('summed.score', 'summed.edition', 'editions.rank_rule', 'tiers') }} as tier,
        respondents.respondent_status,
        case
            when respondents.left_out = 'withdrawn' then 'Q'
            when respondents.left_out = 'late' then 'L'
            when respondents.respondent_status = 'no_data' then 'O'
            when respondents.respondent_status = 'desk_not_validated' then 'V'
            else 'A'
        end as obs_status,
        counted.answered,
        counted.items
    from summed
    inner join editions using (edition)
    inner join respondents using (edition, iso3)
    inner join counted using (edition, iso3)
)

select * from ranked
