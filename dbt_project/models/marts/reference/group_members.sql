with
group_members as (
    select * from {{ ref('int_group_members') }}
)

select
    edition,
    grouping,
    member_group,
    iso3,
    basis
from group_members
