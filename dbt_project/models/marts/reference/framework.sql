with
framework as (
    select * from {{ ref('int_framework_nodes') }}
)

select * from framework
