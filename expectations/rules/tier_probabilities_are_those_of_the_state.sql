-- One a row they are the same figures as in the list of the state.
with
due as (
    select
        uncertainty.edition,
        uncertainty.iso3,
        tiers.tier::integer as tier,
        uncertainty.tier_probabilities[tiers.tier::integer] as expected
    from candidate.score_uncertainty as uncertainty
    inner join seeds.tiers as tiers using (edition)
    where uncertainty.tier_probabilities is not null
)

select
    edition,
    iso3,
    tier,
    coalesce(given.probability::varchar, 'no row') as found,
    coalesce(expected::varchar, 'no row') as expected
from candidate.tier_probabilities as given
full join due using (edition, iso3, tier)
where given.probability is distinct from expected
