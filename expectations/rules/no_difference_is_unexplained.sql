-- Every recomputed score equals the published one, or is a known error of the reviewed register.
select
    edition,
    iso3,
    dimension,
    source,
    recomputed as found,
    published as expected
from candidate.reconciliation
where verdict not in ('equal', 'derived', 'known_error')
