with
source as (
    select * from {{ ref('seed_source_differences') }}
)

select
    edition,
    iso3,
    dimension,
    source,
    published,
    by_method,
    cause,
    what_differs,
    author,
    approver,
    recorded_on
from source
