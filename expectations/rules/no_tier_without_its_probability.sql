-- Whoever reads a tier reads beside it how sure it is: the shares of all tiers are there and make up the whole. Where
-- there is no tier, there is no probability of one.
with
counted as (
    select
        edition,
        count(*) as tiers
    from seeds.tiers
    group by edition
)

select
    scores.edition,
    scores.iso3,
    coalesce(uncertainty.tier_probabilities::varchar, 'tier ' || scores.tier || ' without its probability') as found,
    'the probability of each of ' || counted.tiers || ' tiers, together 1' as expected
from candidate.overall_scores as scores
inner join counted using (edition)
left join candidate.score_uncertainty as uncertainty using (edition, iso3)
where
    scores.tier is not null
    and not coalesce(
        len(uncertainty.tier_probabilities) = counted.tiers
        and near(list_sum(uncertainty.tier_probabilities), 1, 1e-6)
        and uncertainty.tier_probability = uncertainty.tier_probabilities[scores.tier]
        and uncertainty.tier_sure = (list_max(uncertainty.tier_probabilities) >= 0.95),
        false
    )
union all
select
    uncertainty.edition,
    uncertainty.iso3,
    concat_ws(' ', uncertainty.tier_probabilities, uncertainty.tier_probability, uncertainty.tier_sure) as found,
    'no probability: the state has no tier' as expected
from candidate.score_uncertainty as uncertainty
left join candidate.overall_scores as scores using (edition, iso3)
where
    scores.tier is null
    and coalesce(
        uncertainty.tier_probabilities::varchar,
        uncertainty.tier_probability::varchar,
        uncertainty.tier_sure::varchar
    ) is not null
