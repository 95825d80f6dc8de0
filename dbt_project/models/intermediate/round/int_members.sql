-- Who takes part in an edition: its membership, with those that joined since and without those that left.
with
membership as (
    select * from {{ ref('stg_reference__membership') }}
),

round_events as (
    select * from {{ ref('stg_reference__round_events') }}
),

last_events as (
    select
        edition,
        iso3,
        event
    from round_events
    where event in ('left', 'joined')
    qualify row_number() over (partition by edition, iso3 order by day desc, event desc) = 1
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
    from last_events
),

taking_part as (
    select
        ever.edition,
        ever.iso3
    from ever
    left join last_events using (edition, iso3)
    where last_events.event is distinct from 'left'
)

select * from taking_part
