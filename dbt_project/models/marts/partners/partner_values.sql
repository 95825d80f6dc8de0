with
partner_values as (
    select * from {{ ref('int_partner_values') }}
)

select
    source,
    series,
    iso3,
    period,
    value,
    unit,
    obs_status,
    retrieved_on,
    landing_digest
from partner_values
