-- What the published source says about a state; else what follows from who answered.
with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

membership as (
    select * from {{ ref('membership') }}
),

published as (
    select * from {{ ref('respondents') }}
),

returns_counted as (
    select * from {{ ref('int_returns_counted') }}
),

answers as (
    select * from {{ ref('int_answers_resolved') }}
),

senders as (
    select
        edition,
        iso3,
        bool_or(collector = 'state') as state_answered
    from returns_counted
    group by edition, iso3
),

unreviewed as (
    select
        edition,
        iso3
    from answers
    where source = 'desk'
    group by edition, iso3
),

derived as (
    select
        membership.edition,
        membership.iso3,
        case
            when senders.iso3 is null then 'no_data'
            when senders.state_answered then 'responded'
            when unreviewed.iso3 is null then 'desk_validated'
            else 'desk_not_validated'
        end as derived_status
    from membership
    inner join editions_built using (edition)
    left join senders using (edition, iso3)
    left join unreviewed using (edition, iso3)
),

known as (
    select
        derived.edition,
        derived.iso3,
        coalesce(published.respondent_status, derived.derived_status) as respondent_status
    from derived
    left join published using (edition, iso3)
)

select * from known
