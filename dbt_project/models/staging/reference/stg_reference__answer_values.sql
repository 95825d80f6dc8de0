with
source as (
    select * from {{ ref('seed_answer_values') }}
)

select
    from_edition,
    answer,
    value
from source
