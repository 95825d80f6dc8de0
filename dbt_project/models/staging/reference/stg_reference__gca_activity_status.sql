with
source as (
    select * from {{ ref('seed_gca_activity_status') }}
)

select
    activity,
    from_edition,
    data_status,
    followed_by,
    source_needed
from source
