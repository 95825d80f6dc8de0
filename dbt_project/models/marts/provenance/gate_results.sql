with
stg_candidate__gate_results as (
    select * from {{ ref('stg_candidate__gate_results') }}
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
from stg_candidate__gate_results
