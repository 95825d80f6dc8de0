-- The value of a partner that a cross-check looked at, as it was known from each of its files to the next.
with
checks as (
    select * from {{ ref('stg_reference__cross_checks') }}
),

editions as (
    select * from {{ ref('stg_reference__editions') }}
),

moments as (
    select * from {{ ref('int_partner_moments') }}
),

received as (
    select * from {{ ref('stg_partners__values') }}
    where iso3 is not null
),

known_by_then as (
    select
        received.*,
        moments.known_from
    from moments
    inner join received
        on moments.source = received.source
        and moments.series = received.series
        and moments.known_from >= received.received_at
    qualify row_number() over (
        partition by moments.source, moments.series, moments.known_from, received.iso3, received.period
        order by received.received_at desc, received.modified_at desc, received.landing_digest desc, received.row desc
    ) = 1
),

looked_at as (
    select
        checks.check_code,
        editions.edition,
        known_by_then.known_from,
        known_by_then.iso3,
        known_by_then.value
    from known_by_then
    inner join checks using (source, series)
    inner join editions
        on {{ partner_period_fits('checks.partner_period', 'known_by_then.year', 'editions.reference_year') }}
    where known_by_then.value is not null
    qualify row_number() over (
        partition by checks.check_code, editions.edition, known_by_then.known_from, known_by_then.iso3
        order by known_by_then.year desc, known_by_then.period desc
    ) = 1
)

select * from looked_at
