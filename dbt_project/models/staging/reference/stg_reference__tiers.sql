with
source as (
    select * from {{ ref('seed_tiers') }}
)

select
    edition,
    tier,
    code,
    label_en,
    minimum
from source
