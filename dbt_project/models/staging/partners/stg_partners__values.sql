with
source as (
    select * from {{ source('landing', 'partners') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'partners'
),

named_in_manifest as (
    select
        source.* exclude (period),
        if(source.period = 'unknown', coalesce(inputs.dated, source.period), source.period) as period
    from source
    inner join inputs on source.landing_digest = inputs.digest
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
        try_cast(left(period, 4) as integer) as year,

        ---------- place and time
        file,
        row,
        retrieved_on,
        received_at,
        modified_at
    from named_in_manifest
)

select * from renamed
