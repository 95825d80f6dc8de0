with
pillar_scores as (
    select * from {{ ref('int_pillar_scores') }}
),

side_by_side as (
    select
        edition,
        iso3,
        max(score) filter (where pillar = 'legal') as legal,
        max(score) filter (where pillar = 'technical') as technical,
        max(score) filter (where pillar = 'organizational') as organizational,
        max(score) filter (where pillar = 'capacity_development') as capacity_development,
        max(score) filter (where pillar = 'cooperation') as cooperation
    from pillar_scores
    group by edition, iso3
)

select * from side_by_side
