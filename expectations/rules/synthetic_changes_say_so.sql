-- A change between two editions, and what they have in common, says so where the returns of one of them are invented.
with
invented as (
    select distinct edition
    from candidate.returns_received
    where synthetic
),

said as (
    select from_edition, to_edition, iso3, dimension, synthetic from candidate.score_changes
    union all
    select from_edition, to_edition, 'indicator_comparability' as iso3, concept as dimension, synthetic
    from candidate.indicator_comparability
)

select
    from_edition,
    to_edition,
    iso3,
    dimension,
    synthetic as found,
    not synthetic as expected
from said
where synthetic is distinct from (from_edition in (from invented) or to_edition in (from invented))
