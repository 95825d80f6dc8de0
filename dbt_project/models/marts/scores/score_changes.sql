with
score_changes as (
    select * from {{ ref('int_score_changes') }}
)

select
    iso3,
    from_edition,
    to_edition,
    dimension,
    change,
    change_at_constant_weights,
    comparable,
    comparability,
    note
from score_changes
