with
overall_scores as (
    select * from {{ ref('int_overall_scores') }}
)

select
    edition,
    iso3,
    score,
    rank,
    tier,
    respondent_status,
    obs_status,
    answered,
    items,
    {{ is_synthetic('edition') }} as synthetic
from overall_scores
