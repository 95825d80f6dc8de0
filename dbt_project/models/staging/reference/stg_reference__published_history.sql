with
source as (
    select * from {{ ref('seed_published_history') }}
)

select
    edition,
    iso3,
    source,
    score,
    rank,
    tier,
    scale,
    respondent_mark,
    reference,
    note
from source
