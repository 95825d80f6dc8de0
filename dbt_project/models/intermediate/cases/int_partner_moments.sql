-- A partner's series as it was known from one of its files to the next.
with
received as (
    select * from {{ ref('stg_partners__values') }}
),

files as (
    select
        source,
        series,
        received_at as known_from,
        max(landing_digest) as known_by
    from received
    group by source, series, received_at
),

followed as (
    select
        *,
        lead(known_from) over one_series as known_to,
        lead(known_by) over one_series as replaced_by
    from files
    window one_series as (partition by source, series order by known_from)
)

select * from followed
