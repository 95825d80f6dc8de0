-- What was asked about and is found no more, since a deadline was moved or a check taken out.
with
letters as (
    select * from {{ ref('stg_collection__letters') }}
),

spells as (
    select * from {{ ref('int_case_intervals') }}
),

kinds as (
    select * from {{ ref('stg_reference__case_kinds') }}
),

found_no_more as (
    select
        letters.case_id,
        letters.edition,
        letters.iso3,
        letters.kind,
        letters.subject,
        kinds.owner,
        kinds.priority,
        'closed' as state,
        max(letters.sent_at) as asked_at
    from letters
    inner join kinds using (kind)
    anti join spells using (case_id)
    group by all
)

select * from found_no_more
