with
source as (
    select * from {{ source('candidate', 'manifest') }}
),

one_row_per_input as (
    select unnest(inputs, recursive := true)
    from source
)

select
    edition,
    kind,
    digest,
    dated,
    vintage
from one_row_per_input
