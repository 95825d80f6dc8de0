-- A release was signed off before it went out, after the year that it is about had begun or shortly before, not in the
-- future, not before the hour that was planned, and after the vintage before it.
with
dated as (
    select
        given.edition,
        given.vintage,
        given.signed_at,
        given.published_at,
        given.planned_for,
        lag(given.published_at) over (partition by given.edition order by given.vintage) as before,
        make_timestamp(editions.reference_year - 1, 1, 1, 0, 0, 0) as earliest,
        (select today.moment + interval 1 day from papers.today as today) as latest
    from candidate.releases as given
    left join candidate.editions as editions using (edition)
)

select
    edition,
    vintage,
    'signed ' || signed_at || ', published ' || published_at as found,
    concat_ws(', ', 'signed after ' || earliest, 'published then', 'after ' || before, 'not before ' || planned_for, 'before ' || latest) as expected
from dated
where
    not coalesce(signed_at <= published_at, false)
    or signed_at < earliest
    or published_at > latest
    or published_at < planned_for
    or published_at < before
