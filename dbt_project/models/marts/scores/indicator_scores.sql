with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
)

select * from indicator_scores
