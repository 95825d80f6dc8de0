with
standing as (
    select * from {{ ref('int_current_returns') }}
)

select
    return_digest,
    edition,
    iso3,
    collector,
    received_at,
    modified_at
from standing
where standing = 'counted'
