-- Releases of an edition are vintages 1, 2, 3 …; the file holds the last of them, or is a candidate for the next. Those of
-- the partners are vintages 1, 2, 3 … too.
with
released as (
    select
        edition,
        max(vintage) as last,
        count(*) as releases
    from candidate.releases
    group by edition
)

select
    edition,
    'vintage ' || coalesce(vintage::varchar, 'null') || ' after ' || coalesce(releases, 0) || ' releases' as found,
    'vintage ' || coalesce(last, 0) || ' released, or the next' as expected
from candidate.editions
full join (from released where edition != 'partners') as released using (edition)
where
    coalesce(last, 0) != coalesce(releases, 0)
    or not coalesce(coalesce(vintage, 0) in (coalesce(last, 0), coalesce(last, 0) + 1), false)
union all
select
    string_agg(edition, ', ' order by edition) as edition,
    count(*) || ' editions without a release' as found,
    'one at most: the candidate' as expected
from candidate.editions
left join released using (edition)
where coalesce(vintage, 0) > coalesce(last, 0)
having count(*) > 1
union all
select
    edition,
    'vintage ' || last || ' after ' || releases || ' releases' as found,
    'vintage ' || releases as expected
from released
where edition = 'partners' and last != releases
