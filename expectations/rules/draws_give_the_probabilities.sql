-- Whoever counts in draws.parquet finds the probabilities that are published, and the scores between which a state
-- lies. Where no draws lie with the file, those that the audit makes anew are counted.
with
at_hand as (
    select
        draws.edition,
        draws.draw,
        draws.iso3,
        draws.score
    from drawn.draws as draws
    inner join recomputed.editions as editions using (edition, vintage)
),

draws as (
    select * from at_hand
    union all
    select
        edition,
        draw,
        iso3,
        score
    from audited.draws
    where edition not in (select at_hand.edition from at_hand)
),

-- The tier of a draw follows from its score; what the file of draws says of it is held against that by another rule.
spread as (
    select
        edition,
        iso3,
        count(*) as drawn,
        quantile_cont(score, [0.05, 0.5, 0.95]) as scores
    from draws
    group by edition, iso3
),

reached as (
    select
        draws.edition,
        draws.iso3,
        tiers.tier::integer as tier,
        count_if(draws.score >= tiers.minimum::double) as at_least
    from draws
    inner join seeds.tiers as tiers using (edition)
    group by draws.edition, draws.iso3, tiers.tier
),

shares as (
    select
        reached.edition,
        reached.iso3,
        list(
            round((reached.at_least - coalesce(above.at_least, 0)) / spread.drawn, 9) order by reached.tier
        ) as probabilities
    from reached
    inner join spread using (edition, iso3)
    left join reached as above
        on reached.edition = above.edition and reached.iso3 = above.iso3 and reached.tier = above.tier + 1
    group by reached.edition, reached.iso3
)

select
    edition,
    iso3,
    concat_ws(
        ' ', given.tier_probabilities, given.score_q05, given.score_median, given.score_q95
    ) as found,
    concat_ws(' ', shares.probabilities, spread.scores) as expected
from candidate.score_uncertainty as given
inner join spread using (edition, iso3)
left join shares using (edition, iso3)
where
    (given.tier_probabilities is not null and given.tier_probabilities is distinct from shares.probabilities)
    or not is_score(given.score_q05, spread.scores[1])
    or not is_score(given.score_median, spread.scores[2])
    or not is_score(given.score_q95, spread.scores[3])
