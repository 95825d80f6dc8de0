-- For each state outside of the top two tiers the five items of each comparison where one more step gains most.
with
next_steps as (
    select * from {{ ref('int_next_steps') }}
),

items as (
    select * from {{ ref('int_items') }}
),

answers as (
    select * from {{ ref('int_answers') }}
),

gains as (
    select
        next_steps.edition,
        next_steps.iso3,
        next_steps.grouping,
        next_steps.member_group,
        next_steps.item,
        items.pillar,
        items.indicator,
        items.concept,
        answers.answer,
        next_steps.next_answer,
        round(
            items.weight_of_indicator * items.weight_in_indicator * (next_steps.next_answer - next_steps.stands_at), 9
        ) as gain,
        next_steps.peers_there,
        next_steps.peers
    from next_steps
    inner join items using (edition, item)
    inner join answers using (edition, iso3, item)
),

placed as (
    select
        *,
        cast(row_number() over (partition by edition, iso3, grouping order by gain desc, item asc) as integer) as place
    from gains
    qualify place <= 5
)

select
    edition,
    iso3,
    grouping,
    item,
    place,
    member_group,
    pillar,
    indicator,
    concept,
    answer,
    next_answer,
    gain,
    peers_there,
    peers,
    {{ is_synthetic('edition') }} as synthetic
from placed
