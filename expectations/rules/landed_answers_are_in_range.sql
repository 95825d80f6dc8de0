-- An answer to an indicator is a number from 0 to 1; to a question yes, no or, where it is allowed, partial.
with
items as (
    select
        framework.edition,
        framework.node as item,
        framework.level,
        coalesce(framework.allows_partial = 'true', false) as allows_partial
    from seeds.framework as framework
    inner join seeds.editions as editions using (edition)
    where framework.level = editions.item_level
),

landed as (
    select 'survey' as table_name, return_digest as digest, edition, iso3, item, answer from landing.survey
    union all
    select 'reviews', review_digest, edition, iso3, item, answer from landing.reviews
)

select
    table_name,
    digest,
    edition,
    iso3,
    item,
    answer as found,
    case
        when level = 'indicator' then 'a number from 0 to 1'
        when allows_partial then 'yes, partial or no'
        else 'yes or no'
    end as expected
from landed
inner join items using (edition, item)
where
    answer is not null
    and not coalesce(
        case
            when level = 'indicator' then try_cast(answer as double) between 0 and 1
            else answer in ('yes', 'no') or (answer = 'partial' and allows_partial)
        end,
        false
    )
