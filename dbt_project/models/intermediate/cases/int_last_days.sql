with
members as (
    select * from {{ ref('int_members') }}
),

editions as (
    select * from {{ ref('editions') }}
),

round_events as (
    select * from {{ ref('round_events') }}
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

last_days as (
    select
        members.edition,
        members.iso3,
        greatest(editions.collection_to, calendar.extended_to) as last_day,
        calendar.extended_to,
        calendar.withdrawn_on
    from members
    inner join editions using (edition)
    left join calendar using (edition, iso3)
)

select * from last_days
