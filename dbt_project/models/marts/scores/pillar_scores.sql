with
pillar_scores as (
    select * from {{ ref('int_pillar_scores') }}
)

select * from pillar_scores
