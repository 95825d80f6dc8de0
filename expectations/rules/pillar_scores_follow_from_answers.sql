-- The score of a pillar is the sum of the points of all its answers; every member state × pillar, and nothing else.
select
    edition,
    iso3,
    pillar,
    if(given.edition is null, 'no row', given.score::varchar) as found,
    if(due.edition is null, 'no row', round(due.score, 9)::varchar) as expected
from (select * rename (dimension as pillar) from recomputed.dimensions where dimension != 'overall') as due
full join candidate.pillar_scores as given using (edition, iso3, pillar)
where due.edition is null or given.edition is null or not is_score(given.score, due.score)
