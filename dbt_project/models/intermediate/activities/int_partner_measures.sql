-- What partners give to measure by: of each series the latest period up to the reference year. Missing has no row.
with
series_measured as (
    select distinct about from {{ ref('stg_reference__gca_measures') }}
    where subject = 'partner'
),

editions as (
    select * from {{ ref('int_editions') }}
    where vintage is not null
),

partner_values as (
    select
        *,
        source || '/' || series as about,
        try_cast(left(period, 4) as integer) as year
    from {{ ref('int_partner_values') }}
    where value is not null
),

partner_support as (
    select
        *,
        try_cast(left(period, 4) as integer) as year
    from {{ ref('int_partner_support') }}
),

of_partner as (
    select
        editions.edition,
        partner_values.iso3,
        'partner' as subject,
        partner_values.about,
        partner_values.about as code,
        partner_values.value
    from partner_values
    inner join series_measured using (about)
    inner join editions on partner_values.year <= editions.reference_year
    qualify row_number() over (
        partition by editions.edition, partner_values.iso3, partner_values.about
        order by partner_values.year desc, partner_values.period desc
    ) = 1
),

of_support as (
    select
        editions.edition,
        partner_support.iso3,
        'support' as subject,
        partner_support.activity as about,
        partner_support.activity as code,
        cast(count(distinct partner_support.partner) as double) as value
    from partner_support
    inner join editions on partner_support.year = editions.reference_year
    group by editions.edition, partner_support.iso3, partner_support.activity
),

together as (
    select * from of_partner
    union all
    select * from of_support
)

select * from together
