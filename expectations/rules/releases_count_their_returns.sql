-- A release counts at least the returns and reviews that its answers name; checked for the vintages in the file.
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
