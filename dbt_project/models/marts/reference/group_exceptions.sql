with
group_exceptions as (
    select * from {{ ref('stg_reference__group_exceptions') }}
)

select
    iso3,
    grouping,
    member_group,
    valid_from,
    valid_to,
    reason,
    note
from group_exceptions
