with
source as (
    select * from {{ ref('seed_gca_activities') }}
)

select
    activity,
    guideline,
    pillar,
    asks_en
from source
