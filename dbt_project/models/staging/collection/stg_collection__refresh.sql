with
source as (
    select * from {{ source('collection', 'refresh') }}
)

select
    as_of,
    inputs_digest
from source
