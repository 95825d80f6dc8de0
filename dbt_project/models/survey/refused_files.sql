with
receipts as (
    select * from {{ ref('stg_collection__receipts') }}
    where verdict = 'refused'
)

select
    edition,
    kind,
    digest,
    file,
    iso3,
    received_at,
    report,
    cast(to_json(problems) as varchar) as problems
from receipts
