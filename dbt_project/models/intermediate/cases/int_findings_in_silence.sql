-- A state of which nothing counts when its last day is over.
with
refresh as (
    select * from {{ ref('stg_collection__refresh') }}
),

last_days as (
    select * from {{ ref('int_submission_deadlines') }}
),

standing as (
    select * from {{ ref('int_current_returns') }}
    where collector = 'state' and standing in ('counted', 'superseded', 'withdrawn')
),

silent as (
    select
        last_days.edition,
        last_days.iso3,
        last_days.last_day
    from last_days
    cross join refresh
    left join standing using (edition, iso3)
    where last_days.takes_part and standing.return_digest is null and refresh.as_of > last_days.last_day
)

select
    edition,
    iso3,
    'no_return' as kind,
    'return' as subject,
    'state' as collector,
    cast(last_day + 1 as timestamp) as valid_from,
    cast(last_day as varchar) as held_against
from silent
