-- Until when each state may answer, and what else the calendar says of it. Those that left are there, too.
with
membership as (
    select * from {{ ref('stg_reference__membership') }}
),

members as (
    select * from {{ ref('int_members') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

round_events as (
    select * from {{ ref('stg_reference__round_events') }}
),

calendar as (
    select
        edition,
        iso3,
        max(day) filter (where event = 'extended') as extended_to,
        max(day) filter (where event = 'withdrawn') as withdrawn_on
    from round_events
    group by edition, iso3
),

ever as (
    select
        edition,
        iso3
    from membership
    union distinct
    select
        edition,
        iso3
    from round_events
),

last_days as (
    select
        ever.edition,
        ever.iso3,
        members.iso3 is not null as takes_part,
        greatest(editions.collection_to, calendar.extended_to) as last_day,
        calendar.extended_to,
        calendar.withdrawn_on
    from ever
    inner join editions using (edition)
    left join members using (edition, iso3)
    left join calendar using (edition, iso3)
)

select * from last_days
