-- Rank and tier are what the edition's rule makes of the scores recomputed from the answers.
select
    edition,
    iso3,
    if(given.rank is distinct from due.rank, 'rank', 'tier') as column_name,
    'rank ' || coalesce(given.rank::varchar, 'null') || ', tier ' || coalesce(given.tier::varchar, 'null') as found,
    'rank ' || coalesce(due.rank::varchar, 'null') || ', tier ' || coalesce(due.tier::varchar, 'null') as expected
from recomputed.overall as due
inner join candidate.overall_scores as given using (edition, iso3)
where (given.rank, given.tier) is distinct from (due.rank, due.tier)
