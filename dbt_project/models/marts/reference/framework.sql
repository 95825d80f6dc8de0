with
nodes as (
    select * from {{ ref('int_framework_nodes') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
)

select nodes.*
from nodes
semi join editions using (edition)
