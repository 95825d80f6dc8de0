with
source as (
    select * from {{ source('candidate', 'group_members') }}
)

select
    edition,
    grouping,
    member_group,
    iso3,
    basis
from source
