with
partner_support as (
    select * from {{ ref('int_partner_support') }}
)

select
    iso3,
    activity,
    partner,
    period,
    projects,
    partners,
    landing_digest
from partner_support
