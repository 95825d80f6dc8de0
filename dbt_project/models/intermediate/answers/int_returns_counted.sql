-- A newer return of the same sender supersedes the older one as a whole; the older stays in the landing zone.
with
answers as (
    select * from {{ ref('stg_survey__answers') }}
),

returns as (
    select distinct
        return_digest,
        edition,
        iso3,
        collector,
        received_at,
        modified_at
    from answers
),

latest as (
    select * from returns
    qualify row_number() over (
        partition by edition, iso3, collector
        order by received_at desc, modified_at desc, return_digest desc
    ) = 1
)

select * from latest
