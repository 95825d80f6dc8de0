with
source as (
    select * from {{ ref('seed_published_scores') }}
)

select
    edition,
    iso3,
    dimension,
    source,
    published
from source
