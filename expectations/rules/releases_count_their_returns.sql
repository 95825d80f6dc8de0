-- A release counts at least the returns and reviews that its answers name; checked for the vintages in the file. A
-- release of partner data has none of either, nor known errors, and is of no invented return.
with
named as (
    select
        edition,
        count(distinct return_digest) as returns,
        count(distinct review_digest) as reviews
    from candidate.answers
    group by edition
)

select
    edition,
    vintage,
    released.returns || ' returns, ' || released.reviews || ' reviews' as found,
    named.returns || ' returns, ' || named.reviews || ' reviews, or more that others superseded' as expected
from candidate.releases as released
inner join candidate.editions using (edition, vintage)
inner join named using (edition)
where not coalesce(released.returns >= named.returns and released.reviews >= named.reviews, false)
union all
select
    edition,
    vintage,
    concat_ws(', ', returns || ' returns', reviews || ' reviews', known_errors || ' known errors', synthetic) as found,
    '0 returns, 0 reviews, 0 known errors, false' as expected
from candidate.releases
where edition = 'partners' and found is distinct from expected
