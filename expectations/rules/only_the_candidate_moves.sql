-- A candidate is the next vintage of its own edition; every other edition keeps its vintage.
select
    edition,
    given.vintage as found,
    coalesce(before.vintage, 0) + if(subject.edition is null, 0, 1) as expected
from candidate.editions as given
left join published.editions as before using (edition)
left join run.subject as subject using (edition)
where coalesce(given.vintage, 0) != coalesce(before.vintage, 0) + if(subject.edition is null, 0, 1)
union all
select
    edition,
    given.vintage as found,
    due.vintage as expected
from run.editions as due
left join candidate.editions as given using (edition)
where given.vintage is distinct from due.vintage
