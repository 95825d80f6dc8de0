-- The experts' mean, as a reduced fraction. An indicator weighs the mean of its points; a question its share of them.
with
allotments as (
    select * from {{ ref('int_allotments') }}
),

experts as (
    select
        edition,
        count(distinct expert) as experts
    from allotments
    group by edition
),

summed as (
    select
        edition,
        node,
        parent,
        level,
        -- in ten thousandths of a point: whole numbers
        cast(10000 * sum(points order by expert) as bigint) as units
    from allotments
    group by edition, node, parent, level
),

ratios as (
    select
        summed.edition,
        summed.node,
        summed.units as numerator,
        if(summed.level = 'question', above.units, 10000 * experts.experts) as denominator
    from summed
    inner join experts using (edition)
    left join summed as above on summed.edition = above.edition and summed.parent = above.node
),

reduced as (
    select
        edition,
        node,
        numerator // gcd(numerator, denominator) as weight_numerator,
        nullif(denominator, 0) // gcd(numerator, denominator) as weight_denominator
    from ratios
)

select * from reduced
