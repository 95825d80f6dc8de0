with
source as (
    select * from {{ source('candidate', 'manifest') }}
),

one_row_per_edition as (
    select unnest(editions, recursive := true)
    from source
)

select
    edition,
    vintage,
    replications
from one_row_per_edition
