-- A value that drifts from one file of a partner to its next.
with
received as (
    select * from {{ ref('stg_partners__values') }}
    where iso3 is not null
),

one_of_each_file as (
    select * from received
    qualify row_number() over (partition by landing_digest, source, series, iso3, period order by row desc) = 1
),

followed as (
    select
        *,
        lag(landing_digest) over file_by_file as previous_digest,
        lag(value) over file_by_file as previous_value
    from one_of_each_file
    window file_by_file as (
        partition by source, series, iso3, period
        order by received_at, modified_at, landing_digest
    )
),

drifted as (
    select
        *,
        cast(length(regexp_extract(cast(value as varchar), '[.]([0-9]+)$', 1)) as integer) as decimals,
        cast(length(regexp_extract(cast(previous_value as varchar), '[.]([0-9]+)$', 1)) as integer) as previous_decimals
    from followed
    where previous_digest is not null and value is distinct from previous_value
)

select
    source,
    series,
    iso3,
    period,
    landing_digest,
    previous_digest,
    previous_value,
    value,
    value - previous_value as change,
    coalesce(
        decimals != previous_decimals
        and round(value, least(decimals, previous_decimals))
        = round(previous_value, least(decimals, previous_decimals)),
        false
    ) as only_rounded,
    retrieved_on
from drifted
