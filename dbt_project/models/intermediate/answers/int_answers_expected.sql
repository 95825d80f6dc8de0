with
editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

members as (
    select * from {{ ref('int_members') }}
),

items as (
    select * from {{ ref('int_items') }}
),

every_state_and_item as (
    select
        members.edition,
        members.iso3,
        items.item
    from members
    inner join editions_built using (edition)
    inner join items using (edition)
)

select * from every_state_and_item
