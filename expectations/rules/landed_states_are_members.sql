-- Every state that a return or review is about is a member in that edition, or was one until it left.
with
landed as (
    select distinct 'survey' as table_name, return_digest as digest, edition, iso3 from landing.survey
    union
    select distinct 'reviews', review_digest, edition, iso3 from landing.reviews
)

select
    table_name,
    digest,
    edition,
    iso3 as found,
    'a member state in ' || edition as expected
from landed
anti join recomputed.ever_members as members using (edition, iso3)
