with
answers as (
    select * from {{ ref('int_answers') }}
)

select * from answers
