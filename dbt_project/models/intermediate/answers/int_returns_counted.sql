-- A newer return of the same sender supersedes the older one as a whole; the older stays in the landing zone.
with
answers as (
    select * from {{ ref('stg_survey__answers') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'survey'
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

named_in_manifest as (
    select returns.*
    from returns
    inner join inputs
        on returns.return_digest = inputs.digest and returns.edition = inputs.edition
),

latest as (
    select * from named_in_manifest
    qualify row_number() over (
        partition by edition, iso3, collector
        order by received_at desc, modified_at desc, return_digest desc
    ) = 1
)

select * from latest
