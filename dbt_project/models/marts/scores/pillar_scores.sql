with
pillar_scores as (
    select * from {{ ref('int_pillar_scores') }}
)

select
    edition,
    iso3,
    pillar,
    score,
    {{ is_synthetic('edition') }} as synthetic
from pillar_scores
