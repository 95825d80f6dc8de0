with
nodes as (
    select * from {{ ref('int_framework_nodes') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
),

in_file as (
    select nodes.*
    from nodes
    semi join editions using (edition)
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
from in_file
