-- Every recomputed score equals the published one, is a known error of the reviewed register, or was revised since.
select
    edition,
    iso3,
    dimension,
    source,
    recomputed as found,
    published as expected
from candidate.reconciliation
where verdict not in ('equal', 'derived', 'revised', 'known_error')
