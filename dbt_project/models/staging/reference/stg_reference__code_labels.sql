with
source as (
    select * from {{ ref('seed_code_labels') }}
)

select
    kind,
    code,
    language,
    label
from source
