with
receipts as (
    select * from {{ ref('stg_collection__receipts') }}
    where verdict = 'refused' and iso3 is not null
),

problems as (
    select * from {{ ref('stg_collection__problems') }}
    where severity = 'error'
),

codes as (
    select
        digest,
        array_to_string(list_sort(list_distinct(list(code))), ' ') as codes
    from problems
    group by digest
),

by_state as (
    select
        receipts.edition,
        receipts.iso3,
        cast(count(*) as integer) as refused,
        arg_max(codes.codes, (receipts.received_at, receipts.modified_at, receipts.digest)) as refused_codes,
        arg_max(receipts.report, (receipts.received_at, receipts.modified_at, receipts.digest)) as refused_report,
        max(receipts.received_at) as refused_at
    from receipts
    left join codes using (digest)
    group by receipts.edition, receipts.iso3
)

select * from by_state
