with
receipts as (
    select * from {{ ref('stg_collection__receipts') }}
),

one_row_per_problem as (
    select
        digest,
        generate_subscripts(problems, 1) as place,
        unnest(problems) as problem
    from receipts
)

select
    digest,
    place,
    problem.severity,
    problem.code,
    problem.message,
    problem.sheet,
    problem.row,
    problem.column as column_name,
    problem.item
from one_row_per_problem
