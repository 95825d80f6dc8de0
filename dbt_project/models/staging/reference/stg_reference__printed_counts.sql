with
source as (
    select * from {{ ref('seed_printed_counts') }}
)

select
    edition,
    about,
    states,
    counts_en,
    source
from source
