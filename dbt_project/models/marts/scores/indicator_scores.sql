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
    derived,
    {{ is_synthetic('edition') }} as synthetic
from indicator_scores
