-- Every release has results of the gates, all passed, as many as it says; no result is without its release.
-- The gate `pages` is not asked for: the first releases went out before there were pages, and where its results were
-- taken off the record there are fewer than the release says.
with
counted as (
    select
        edition,
        vintage,
        count(*) as checks,
        count(distinct gate) filter (where gate != 'pages') as gates,
        count(*) filter (where not coalesce(passed and rows = 0, false)) as failed
    from candidate.gate_results
    group by edition, vintage
)

select
    edition,
    vintage,
    coalesce(counted.checks, 0) || ' checks of ' || coalesce(gates, 0) || ' of the gates landed, built and release, '
    || coalesce(failed, 0) || ' failed' as found,
    coalesce(released.checks || ' checks of 3 of the gates landed, built and release, 0 failed', 'no results: there is no such release') as expected
from candidate.releases as released
full join counted using (edition, vintage)
where found is distinct from expected
