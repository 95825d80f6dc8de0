with
refresh as (
    select * from {{ ref('stg_collection__refresh') }}
)

select
    as_of,
    inputs_digest
from refresh
