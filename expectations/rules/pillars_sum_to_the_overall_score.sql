-- The five pillar scores of a state, as they stand in the file, add up to its overall score: each of the six was
-- rounded by half a unit of the ninth decimal at most.
select
    edition,
    iso3,
    given.score as found,
    round(sum(pillars.score order by pillars.pillar), 9) as expected
from candidate.overall_scores as given
left join candidate.pillar_scores as pillars using (edition, iso3)
group by edition, iso3, given.score
having not near(given.score, sum(pillars.score order by pillars.pillar), 6 * 5e-10 + 1e-12)
