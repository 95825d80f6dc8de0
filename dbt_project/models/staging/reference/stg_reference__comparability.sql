with
source as (
    select * from {{ ref('seed_comparability') }}
)

select
    from_edition,
    to_edition,
    concept,
    comparability,
    reason
from source
