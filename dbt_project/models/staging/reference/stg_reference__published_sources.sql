with
source as (
    select * from {{ ref('seed_published_sources') }}
)

select
    edition,
    source,
    tolerance,
    reason
from source
