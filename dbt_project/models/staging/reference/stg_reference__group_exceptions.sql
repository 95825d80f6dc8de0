with
source as (
    select * from {{ ref('seed_group_exceptions') }}
)

select
    iso3,
    grouping,
    member_group,
    valid_from,
    valid_to,
    reason,
    note
from source
