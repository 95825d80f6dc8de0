with
published_history as (
    select * from {{ ref('published_history') }}
)

select
    edition,
    iso3,
    score,
    rank,
    tier,
    scale,
    respondent_mark,
    source,
    note
from published_history
