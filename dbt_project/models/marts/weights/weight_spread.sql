-- Sums of decimals are exact, so that the deviation does not depend on an order.
with
editions as (
    select * from {{ ref('int_editions_in_file') }}
),

all_allotments as (
    select * from {{ ref('int_allotments') }}
),

allotments as (
    select *
    from all_allotments
    where edition in (select editions.edition from editions)
),

summed as (
    select
        edition,
        node,
        level,
        pillar,
        cast(count(*) as integer) as experts,
        sum(points order by expert) as total,
        sum(points * points order by expert) as total_of_squares,
        cast(min(points) as double) as minimum,
        cast(max(points) as double) as maximum
    from allotments
    group by edition, node, level, pillar
),

described as (
    select
        edition,
        node,
        level,
        pillar,
        experts,
        round(cast(total as double) / experts, 9) as mean,
        round(
            sqrt(cast(experts * total_of_squares - total * total as double) / nullif(experts * (experts - 1), 0)), 9
        ) as standard_deviation,
        minimum,
        maximum
    from summed
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from described
