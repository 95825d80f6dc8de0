with
cases as (
    select * from {{ ref('int_cases') }}
    where state != 'closed'
),

counted as (
    select
        edition,
        iso3,
        -- Every state has a draft at the same time, with columns of its own: they would hide who needs attention.
        min(priority) filter (where kind != 'draft') as attention,
        cast(count(*) as integer) as open_cases,
        cast(count(*) filter (where owner = 'focal_point' and state = 'open') as integer) as to_ask
    from cases
    group by edition, iso3
)

select * from counted
