with
indicator_comparability as (
    select * from {{ ref('int_indicator_comparability') }}
)

select
    from_edition,
    to_edition,
    concept,
    pillar,
    from_indicator,
    to_indicator,
    comparability,
    from_distinct_scores,
    to_distinct_scores,
    reason,
    {{ is_synthetic('from_edition') }} or {{ is_synthetic('to_edition') }} as synthetic
from indicator_comparability
