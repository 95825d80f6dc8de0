-- Those who were members of an edition at any time, and whether they are now.
with
last_days as (
    select * from {{ ref('int_submission_deadlines') }}
),

member_states as (
    select * from {{ ref('stg_reference__member_states') }}
),

named as (
    select
        last_days.edition,
        last_days.iso3,
        member_states.name_en as member_state,
        last_days.takes_part as invited,
        case when invited then last_days.last_day end as last_day,
        case when invited then last_days.extended_to end as extended_to
    from last_days
    inner join member_states using (iso3)
)

select * from named
