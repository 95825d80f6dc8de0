with
labels as (
    select * from {{ ref('int_labels') }}
)

select
    kind,
    code,
    language,
    label
from labels
