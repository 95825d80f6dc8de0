with
editions as (
    select * from {{ ref('stg_reference__editions') }}
),

editions_in_file as (
    select * from {{ ref('int_editions_in_file') }}
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
        editions_in_file.vintage,
        editions.title_en
    from editions
    inner join editions_in_file using (edition)
)

select * from with_vintage
