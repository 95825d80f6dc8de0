with
source as (
    select * from {{ source('candidate', 'gate_results') }}
)

select * from source
