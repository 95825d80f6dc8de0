with
framework as (
    select * from {{ ref('int_framework_nodes') }}
)

select
    edition,
    node,
    parent,
    level,
    pillar,
    concept,
    label_en,
    weight,
    weight_fraction,
    allows_partial,
    evidence_required
from framework
