with
source as (
    select * from {{ ref('seed_groups') }}
)

select
    grouping,
    member_group,
    label_en
from source
