-- What each expert allots to each item, and to the indicator above: the sum of its questions.
with
allotments as (
    select * from {{ ref('stg_reference__allotments') }}
),

nodes as (
    select * from {{ ref('stg_reference__frameworks') }}
),

on_items as (
    select
        allotments.edition,
        allotments.expert,
        allotments.node,
        nodes.parent,
        nodes.level,
        nodes.pillar,
        allotments.points
    from allotments
    inner join nodes using (edition, node)
),

on_indicators as (
    select
        edition,
        expert,
        parent as node,
        pillar as parent,
        'indicator' as level,
        pillar,
        sum(points order by on_items.node) as points
    from on_items
    where level = 'question'
    group by edition, expert, parent, pillar
),

together as (
    select * from on_items
    union all
    select * from on_indicators
)

select * from together
