-- As many states in each tier as scores between its threshold and the next.
with
thresholds as (
    select
        edition,
        tier::integer as tier,
        minimum::double as minimum,
        lead(minimum::double, 1, 'infinity'::double) over (partition by edition order by minimum::double) as below
    from seeds.tiers
),

due as (
    select
        thresholds.edition,
        thresholds.tier,
        count(scores.iso3) as expected
    from thresholds
    inner join candidate.editions as editions using (edition)
    left join candidate.overall_scores as scores
        on
            thresholds.edition = scores.edition
            and scores.score >= thresholds.minimum
            and scores.score < thresholds.below
    where editions.vintage is not null
    group by thresholds.edition, thresholds.tier
),

given as (
    select
        edition,
        tier,
        count(*) as found
    from candidate.overall_scores
    where tier is not null
    group by edition, tier
)

select
    edition,
    tier,
    coalesce(found, 0) as found,
    coalesce(expected, 0) as expected
from due
full join given using (edition, tier)
where coalesce(found, 0) != coalesce(expected, 0)
