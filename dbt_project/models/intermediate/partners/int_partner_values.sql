-- A newer file of a partner supersedes the older one, value by value.
with
received as (
    select * from {{ ref('stg_partners__values') }}
),

about_states as (
    select * from received
    where iso3 is not null
),

latest as (
    select * from about_states
    qualify row_number() over (
        partition by source, series, iso3, period
        order by received_at desc, modified_at desc, landing_digest desc, row desc
    ) = 1
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
from latest
