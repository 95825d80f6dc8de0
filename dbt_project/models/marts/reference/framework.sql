with
nodes as (
    select * from {{ ref('int_framework_nodes') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
)

select
    nodes.edition,
    nodes.node,
    nodes.parent,
    nodes.level,
    nodes.pillar,
    nodes.concept,
    nodes.label_en,
    nodes.weight,
    nodes.weight_fraction,
    nodes.allows_partial,
    nodes.evidence_required
from nodes
semi join editions using (edition)
