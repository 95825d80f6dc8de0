-- Where the newest return of a sender and the one before it differ: a correction, or two focal points who do not agree.
with
answers as (
    select * from {{ ref('stg_survey__answers') }}
),

returns as (
    select * from {{ ref('int_current_returns') }}
    where standing in ('counted', 'superseded')
),

numbered as (
    select
        *,
        row_number() over (
            partition by edition, iso3, collector order by received_at desc, modified_at desc, return_digest desc
        ) as place
    from returns
),

pairs as (
    select
        newer.edition,
        newer.iso3,
        newer.collector,
        newer.return_digest,
        newer.file,
        newer.received_at,
        older.return_digest as previous_digest,
        older.file as previous_file,
        older.received_at as previous_received_at
    from numbered as newer
    inner join numbered as older
        on
        newer.edition = older.edition
        and newer.iso3 = older.iso3
        and newer.collector = older.collector
        and older.place = 2
    where newer.place = 1
),

items as (
    select * from {{ ref('int_items') }}
),

both_answers as (
    select
        pairs.*,
        items.item,
        older.answer as previous_answer,
        newer.answer
    from pairs
    inner join items using (edition)
    left join answers as older
        on pairs.previous_digest = older.return_digest and pairs.iso3 = older.iso3 and items.item = older.item
    left join answers as newer
        on pairs.return_digest = newer.return_digest and pairs.iso3 = newer.iso3 and items.item = newer.item
    where newer.answer is distinct from older.answer
)

select * from both_answers
