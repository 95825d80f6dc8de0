with
source as (
    select * from {{ ref('seed_member_state_groups') }}
)

select
    iso3,
    grouping,
    member_group,
    valid_from,
    valid_to,
    basis,
    note
from source
