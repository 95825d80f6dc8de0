with
named_in_manifest as (
    {{ named_in_manifest('partners', 'landing_digest', edition=false) }}
),

with_period as (
    select * replace (if(period = 'unknown', coalesce(dated, period), period) as period)
    from named_in_manifest
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
    from with_period
)

select * from renamed
