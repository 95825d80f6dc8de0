with
source as (
    {{ framework_seeds() }}
)

select
    edition,
    node,
    parent,
    level,
    pillar,
    concept,
    label_en,
    weight_numerator,
    weight_denominator,
    allows_partial,
    evidence_required
from source
