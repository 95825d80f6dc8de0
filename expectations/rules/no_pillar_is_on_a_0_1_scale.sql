-- A pillar score is in points of 20: none is the mean of the answers instead (Afghanistan, legal, 2020).
select
    given.edition,
    given.iso3,
    given.pillar,
    given.score as found,
    round(due.score, 9) as expected
from candidate.pillar_scores as given
inner join recomputed.dimensions as due
    on given.edition = due.edition and given.iso3 = due.iso3 and given.pillar = due.dimension
where due.score > 0 and given.score <= 1 and near(given.score, due.score / 20, 1e-6)
