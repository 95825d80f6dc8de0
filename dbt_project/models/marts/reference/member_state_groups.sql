with
member_state_groups as (
    select * from {{ ref('stg_reference__member_state_groups') }}
)

select
    iso3,
    grouping,
    member_group,
    valid_from,
    valid_to,
    basis,
    note
from member_state_groups
