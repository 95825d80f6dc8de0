with
returns as (
    select * from {{ ref('int_current_returns') }}
)

select
    edition,
    iso3,
    collector,
    return_digest,
    file,
    received_at,
    modified_at,
    answered,
    synthetic,
    addition,
    last_day,
    standing
from returns
