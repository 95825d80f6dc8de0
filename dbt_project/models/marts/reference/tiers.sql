with
tiers as (
    select * from {{ ref('stg_reference__tiers') }}
),

editions as (
    select * from {{ ref('int_editions_in_file') }}
),

in_file as (
    select tiers.*
    from tiers
    semi join editions using (edition)
)

select
    edition,
    tier,
    label_en,
    minimum,
    code
from in_file
