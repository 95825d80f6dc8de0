with
source as (
    select * from {{ source('candidate', 'figures_before') }}
)

select
    edition,
    iso3,
    dimension,
    score
from source
