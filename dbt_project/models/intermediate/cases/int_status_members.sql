-- Those who were members of an edition at any time, and whether they are now.
with
membership as (
    select * from {{ ref('membership') }}
),

last_days as (
    select * from {{ ref('int_last_days') }}
),

member_states as (
    select * from {{ ref('member_states') }}
),

everyone as (
    select
        edition,
        iso3
    from membership
    union distinct
    select
        edition,
        iso3
    from last_days
),

named as (
    select
        everyone.edition,
        everyone.iso3,
        member_states.name_en as member_state,
        last_days.iso3 is not null as invited,
        last_days.last_day,
        last_days.extended_to
    from everyone
    inner join member_states using (iso3)
    left join last_days using (edition, iso3)
)

select * from named
