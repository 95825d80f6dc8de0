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

select * from in_file
