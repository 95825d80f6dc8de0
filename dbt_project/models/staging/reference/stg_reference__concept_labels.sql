with
source as (
    select * from {{ ref('seed_concept_labels') }}
)

select
    concept,
    language,
    label
from source
