with
indicator_scores as (
    select * from {{ ref('int_indicator_scores') }}
)

select
    edition,
    iso3,
    pillar,
    indicator,
    concept,
    score,
    weight,
    points,
    derived
from indicator_scores
