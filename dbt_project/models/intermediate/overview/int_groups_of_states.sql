with
group_members as (
    select * from {{ ref('int_group_members') }}
),

listed as (
    select
        edition,
        iso3,
        string_agg(member_group, ' ' order by member_group) filter (where grouping = 'development') as development,
        max(member_group) filter (where grouping = 'income') as income
    from group_members
    group by edition, iso3
)

select * from listed
