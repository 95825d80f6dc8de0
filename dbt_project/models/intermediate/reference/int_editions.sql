with
editions as (
    select * from {{ ref('stg_reference__editions') }}
),

editions_built as (
    select * from {{ ref('stg_candidate__editions') }}
),

with_vintage as (
    select
        editions.edition,
        editions.reference_year,
        editions.collection_from,
        editions.collection_to,
        editions.published_on,
        editions.status,
        editions.item_level,
        editions.rank_rule,
        editions_built.vintage,
        editions.title_en
    from editions
    left join editions_built using (edition)
)

select * from with_vintage
