-- Σ W·I; the weights of a pillar's indicators sum to 20: docs/method.md
with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
),

summed as (
    select
        edition,
        iso3,
        pillar,
        round(sum(points order by indicator), 9) as score
    from indicator_scores
    group by edition, iso3, pillar
)

select * from summed
