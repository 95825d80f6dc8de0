-- The items of an edition are its questions where answers arrive there, else its indicators.
with
editions as (
    select * from {{ ref('stg_reference__editions') }}
),

framework as (
    select * from {{ ref('int_framework_nodes') }}
),

indicators as (
    select * from framework
    where level = 'indicator'
),

questions as (
    select
        questions.edition,
        questions.node as item,
        questions.parent as indicator,
        questions.weight as weight_in_indicator,
        coalesce(questions.evidence_required, false) as evidence_required
    from framework as questions
    inner join editions using (edition)
    where editions.item_level = 'question' and questions.level = 'question'
),

indicators_as_items as (
    select
        indicators.edition,
        indicators.node as item,
        indicators.node as indicator,
        cast(1 as double) as weight_in_indicator,
        false as evidence_required
    from indicators
    inner join editions using (edition)
    where editions.item_level = 'indicator'
),

items as (
    select * from questions
    union all
    select * from indicators_as_items
),

with_indicator as (
    select
        items.edition,
        items.item,
        items.indicator,
        indicators.pillar,
        indicators.concept,
        items.weight_in_indicator,
        indicators.weight as weight_of_indicator,
        items.evidence_required
    from items
    inner join indicators
        on items.edition = indicators.edition and items.indicator = indicators.node
)

select * from with_indicator
