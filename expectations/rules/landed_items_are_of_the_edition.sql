-- Every item that was answered or reviewed is a leaf of the edition's framework.
with
items as (
    select framework.edition, framework.node as item
    from seeds.framework as framework
    inner join seeds.editions as editions using (edition)
    where framework.level = editions.item_level
),

landed as (
    select 'survey' as table_name, return_digest as digest, edition, iso3, item from landing.survey
    union all
    select 'reviews', review_digest, edition, iso3, item from landing.reviews
)

select
    table_name,
    digest,
    edition,
    iso3,
    item as found,
    'an item of the edition' as expected
from landed
anti join items using (edition, item)
