-- A refused file, until one of the same sender is accepted: of the same name where it names no state.
with
receipts as (
    select * from {{ ref('stg_collection__receipts') }}
    where edition is not null
),

replaced as (
    select
        refused.digest,
        refused.edition,
        refused.iso3,
        refused.collector,
        refused.file,
        refused.received_at,
        case
            when refused.kind = 'reviews' then 'reviews'
            when refused.iso3 is null then 'file'
            when refused.collector = 'desk' then 'desk'
            else 'return'
        end as sort,
        min(accepted.received_at) as accepted_at,
        arg_min(accepted.digest, (accepted.received_at, accepted.modified_at, accepted.digest)) as accepted_digest
    from receipts as refused
    left join receipts as accepted
        on refused.kind = accepted.kind
        and refused.edition = accepted.edition
        and accepted.verdict = 'accepted'
        and (refused.received_at, refused.modified_at) < (accepted.received_at, accepted.modified_at)
        and case
            when refused.iso3 is null then refused.file = accepted.file
            else refused.iso3 = accepted.iso3 and refused.collector = accepted.collector
        end
    where refused.verdict = 'refused'
    group by all
),

named as (
    select
        *,
        case when iso3 is null then sort || '-' || left(md5(file), 8) else sort end as file_subject
    from replaced
)

select * from named
where coalesce(received_at < accepted_at, true)
