with
tiers as (
    select * from {{ ref('tiers') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
)

select
    tiers.edition,
    tiers.tier,
    tiers.label_en,
    tiers.minimum,
    tiers.code
from tiers
semi join editions using (edition)
