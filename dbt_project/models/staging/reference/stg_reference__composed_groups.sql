with
source as (
    select * from {{ ref('seed_composed_groups') }}
)

select
    grouping,
    member_group,
    part_grouping,
    part_member_group,
    note
from source
