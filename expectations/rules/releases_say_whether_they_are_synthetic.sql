-- A release of synthetic returns says so; checked for the vintages that the file holds.
select
    edition,
    vintage,
    released.synthetic as found,
    coalesce(bool_or(received.synthetic), false) as expected
from candidate.releases as released
inner join candidate.editions using (edition, vintage)
left join candidate.returns_received as received using (edition)
group by edition, vintage, released.synthetic
having found is distinct from expected
