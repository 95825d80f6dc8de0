with
editions as (
    select * from {{ ref('int_editions') }}
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
    vintage,
    title_en,
    {{ is_synthetic('edition') }} as synthetic
from editions
