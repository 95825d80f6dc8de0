-- The five pillar scores of a state, as they stand in the file, add up to its overall score.
select
    edition,
    iso3,
    given.score as found,
    round(sum(pillars.score order by pillars.pillar), 9) as expected
from candidate.overall_scores as given
left join candidate.pillar_scores as pillars using (edition, iso3)
group by edition, iso3, given.score
having not near(given.score, sum(pillars.score order by pillars.pillar), 5e-9)
