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
    note,
    {{ is_synthetic('from_edition') }} or {{ is_synthetic('to_edition') }} as synthetic
from score_changes
