with
source as (
    select * from {{ ref('seed_taken_over') }}
)

select
    edition,
    item,
    origin,
    taken_from
from source
