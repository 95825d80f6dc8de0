-- Where the recomputed score is the published one, the tier is the printed one.
select
    edition,
    iso3,
    given.tier as found,
    printed.tier as expected
from candidate.overall_scores as given
inner join seeds.published_history as printed using (edition, iso3)
inner join candidate.reconciliation as held
    on
        (given.edition, given.iso3, 'overall', printed.source)
        = (held.edition, held.iso3, held.dimension, held.source)
where held.verdict = 'equal' and printed.tier is not null and given.tier is distinct from printed.tier::integer
