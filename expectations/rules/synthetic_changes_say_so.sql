-- A change between two editions says so where the returns of one of them are invented.
with
invented as (
    select distinct edition
    from candidate.returns_received
    where synthetic
)

select
    from_edition,
    to_edition,
    iso3,
    dimension,
    synthetic as found,
    not synthetic as expected
from candidate.score_changes
where synthetic is distinct from (from_edition in (from invented) or to_edition in (from invented))
