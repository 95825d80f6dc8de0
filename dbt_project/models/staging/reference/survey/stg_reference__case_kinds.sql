with
source as (
    select * from {{ ref('seed_case_kinds') }}
)

select
    kind,
    owner,
    priority,
    threshold,
    about
from source
