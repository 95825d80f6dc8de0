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

with_weights as (
    select
        allotments.edition,
        allotments.expert,
        allotments.node,
        allotments.level,
        allotments.pillar,
        cast(allotments.points as double) as points,
        if(
            allotments.level = 'question',
            cast(allotments.points as double) / nullif(cast(above.points as double), 0),
            cast(allotments.points as double)
        ) as weight
    from allotments
    left join allotments as above
        on allotments.edition = above.edition
        and allotments.expert = above.expert
        and allotments.parent = above.node
)

select
    *,
    {{ is_synthetic('edition') }} as synthetic
from with_weights
