with
source as (
    select * from {{ source('candidate', 'gate_results') }}
)

select
    edition,
    vintage,
    gate,
    check_name,
    table_name,
    column_name,
    passed,
    rows,
    message
from source
