-- Groups as they were on the last day of the edition's reference year, those composed of them, and all together.
with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

taking_part as (
    select * from {{ ref('int_members') }}
),

member_state_groups as (
    select * from {{ ref('stg_reference__member_state_groups') }}
),

parts as (
    select * from {{ ref('stg_reference__composed_groups') }}
),

members as (
    select
        taking_part.edition,
        taking_part.iso3,
        make_date(editions.reference_year, 12, 31) as reference_day
    from taking_part
    inner join editions_built using (edition)
    inner join editions using (edition)
),

grouped as (
    select
        members.edition,
        groups.grouping,
        groups.member_group,
        members.iso3,
        groups.basis
    from members
    inner join member_state_groups as groups
        on members.iso3 = groups.iso3
        and members.reference_day between groups.valid_from and coalesce(groups.valid_to, members.reference_day)
),

composed as (
    select
        grouped.edition,
        parts.grouping,
        parts.member_group,
        grouped.iso3,
        'composed' as basis
    from grouped
    inner join parts on grouped.grouping = parts.part_grouping and grouped.member_group = parts.part_member_group
    union distinct
    select
        members.edition,
        parts.grouping,
        parts.member_group,
        members.iso3,
        'composed' as basis
    from members
    inner join parts on parts.part_grouping = 'state' and members.iso3 = parts.part_member_group
),

with_all as (
    select * from grouped
    union all
    select * from composed
    union all
    select
        edition,
        'all' as grouping,
        'all' as member_group,
        iso3,
        'member' as basis
    from members
)

select * from with_all
