with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

membership as (
    select * from {{ ref('membership') }}
),

items as (
    select * from {{ ref('int_items') }}
),

every_state_and_item as (
    select
        membership.edition,
        membership.iso3,
        items.item
    from membership
    inner join editions_built using (edition)
    inner join items using (edition)
)

select * from every_state_and_item
