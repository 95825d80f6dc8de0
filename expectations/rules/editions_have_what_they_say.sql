-- An edition has a vintage if, and only if, the file has answers of it.
select
    edition,
    'vintage ' || coalesce(vintage::varchar, 'null') || ', '
    || coalesce(counted.answers, 0) || ' answers' as found,
    if(coalesce(counted.answers, 0) = 0, 'vintage null', 'a vintage and a row in editions') as expected
from candidate.editions
full join (select edition, count(*) as answers from candidate.answers group by edition) as counted using (edition)
where (vintage is null) != (coalesce(counted.answers, 0) = 0)
