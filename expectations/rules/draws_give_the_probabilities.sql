-- Whoever counts in draws.parquet finds the probabilities that are published, and the scores between which a state
-- lies. Where no draws lie with the file, those that the audit makes anew are counted.
with
at_hand as (
    select distinct
        draws.edition,
        draws.vintage
    from drawn.draws as draws
    inner join recomputed.editions as editions using (edition, vintage)
),

draws as (
    select
        edition,
        iso3,
        score
    from drawn.draws
    inner join at_hand using (edition, vintage)
    union all
    select
        edition,
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

tiers as (
    select
        edition,
        tier::integer as tier,
        row_number() over (partition by edition order by minimum::double) as from_below
    from seeds.tiers
),

minimums as (
    select
        edition,
        list(minimum::double) as minimums
    from seeds.tiers
    group by edition
),

reached as (
    select
        edition,
        iso3,
        len(list_filter(minimums.minimums, lambda minimum: draws.score >= minimum)) as from_below,
        count(*) as draws
    from draws
    inner join minimums using (edition)
    group by all
),

shares as (
    select
        spread.edition,
        spread.iso3,
        list(round(coalesce(reached.draws, 0) / spread.drawn, 9) order by tiers.tier) as probabilities
    from spread
    inner join tiers using (edition)
    left join reached using (edition, iso3, from_below)
    group by spread.edition, spread.iso3
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
