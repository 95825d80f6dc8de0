-- The one value of a partner that a cross-check looks at, for every state that the partner has.
with
checks as (
    select * from {{ ref('stg_reference__cross_checks') }}
),

editions as (
    select * from {{ ref('int_editions') }}
    where vintage is not null
),

partner_values as (
    select
        *,
        try_cast(left(period, 4) as integer) as year
    from {{ ref('int_partner_values') }}
    where value is not null
),

side as (
    select
        checks.check_code,
        editions.edition,
        partner_values.iso3,
        partner_values.period,
        partner_values.value,
        partner_values.retrieved_on,
        partner_values.landing_digest
    from checks
    inner join partner_values using (source, series)
    inner join editions
        on {{ partner_period_fits('checks.partner_period', 'partner_values.year', 'editions.reference_year') }}
    qualify row_number() over (
        partition by checks.check_code, editions.edition, partner_values.iso3
        order by partner_values.year desc, partner_values.period desc
    ) = 1
)

select * from side
