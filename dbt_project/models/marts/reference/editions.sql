with
editions as (
    select * from {{ ref('int_editions') }}
)

select * from editions
