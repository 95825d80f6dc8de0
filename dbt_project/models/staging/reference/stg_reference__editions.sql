with
source as (
    select * from {{ ref('seed_editions') }}
)

select
    edition,
    reference_year,
    collection_from,
    collection_to,
    published_on,
    status,
    item_level,
    rank_rule,
    title_en
from source
