with
source as (
    select * from {{ ref('seed_membership') }}
)

select
    edition,
    iso3
from source
