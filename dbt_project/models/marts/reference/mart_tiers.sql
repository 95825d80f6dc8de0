with
tiers as (
    select * from {{ ref('tiers') }}
)

select
    edition,
    tier,
    label_en,
    minimum
from tiers
