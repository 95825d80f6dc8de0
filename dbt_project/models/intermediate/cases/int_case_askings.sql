-- Whatever went out to a state that it is to answer: letters about cases, and drafts, each of which is its own case.
with
letters as (
    select * from {{ ref('stg_collection__letters') }}
),

drafts as (
    select * from {{ ref('stg_collection__drafts') }}
    where sent_at is not null
),

askings as (
    select
        letter,
        edition,
        iso3,
        sent_at,
        case_id
    from letters
    union all
    select
        note as letter,
        edition,
        iso3,
        sent_at,
        concat_ws('-', edition, iso3, 'draft', 'draft') as case_id
    from drafts
)

select * from askings
