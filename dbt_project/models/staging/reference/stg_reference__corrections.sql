with
source as (
    select * from {{ ref('seed_corrections') }}
)

select
    id,
    edition,
    iso3,
    dimension,
    published,
    corrected,
    what_is_wrong,
    reason,
    evidence,
    reported_to,
    status,
    author,
    approver,
    recorded_on
from source
