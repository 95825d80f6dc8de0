-- Every edition published before is there, at its vintage or a later one.
select
    edition,
    coalesce('vintage ' || given.vintage, 'not in the file') as found,
    'vintage ' || before.vintage || ' or later' as expected
from published.editions as before
left join candidate.editions as given using (edition)
where before.vintage is not null and not coalesce(given.vintage >= before.vintage, false)
