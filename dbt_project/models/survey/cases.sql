with
cases as (
    select * from {{ ref('int_cases') }}
)

select * from cases
