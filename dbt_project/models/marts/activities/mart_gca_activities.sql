with
gca_activities as (
    select * from {{ ref('gca_activities') }}
)

select
    activity,
    guideline,
    pillar,
    asks_en,
    followed_by,
    data_status,
    source_needed
from gca_activities
