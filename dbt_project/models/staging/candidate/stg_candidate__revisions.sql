with
source as (
    select * from {{ source('candidate', 'revisions') }}
)

select
    edition,
    vintage,
    iso3,
    dimension,
    old,
    new,
    class,
    reason,
    approver,
    cause_digest
from source
