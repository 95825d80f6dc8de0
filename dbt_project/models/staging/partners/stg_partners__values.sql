with
source as (
    select * from {{ source('landing', 'partners') }}
),

renamed as (
    select
        ---------- ids
        landing_digest,
        source,
        series,
        iso3,
        area,
        period,

        ---------- text
        unit,
        obs_status,

        ---------- numerics
        value,

        ---------- place and time
        file,
        row,
        retrieved_on,
        received_at,
        modified_at
    from source
)

select * from renamed
