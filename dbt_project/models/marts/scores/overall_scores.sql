with
overall_scores as (
    select * from {{ ref('int_overall_scores') }}
)

select * from overall_scores
