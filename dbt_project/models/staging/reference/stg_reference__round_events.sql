with
source as (
    select * from {{ ref('seed_round_events') }}
)

select
    edition,
    iso3,
    event,
    day,
    note,
    decided_by
from source
