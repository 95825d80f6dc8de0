with
uncertainty as (
    select * from {{ ref('score_uncertainty') }}
    where tier_probabilities is not null
),

tiers as (
    select * from {{ ref('tiers') }}
),

one_a_row as (
    select
        uncertainty.edition,
        uncertainty.iso3,
        tiers.tier,
        uncertainty.tier_probabilities[tiers.tier] as probability
    from uncertainty
    inner join tiers using (edition)
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from one_a_row
