with
pillar_scores as (
    select * from {{ ref('int_pillar_scores') }}
)

select
    edition,
    iso3,
    pillar,
    score
from pillar_scores
