-- When a spell was asked about, and when the state sent something after that. Of a refused file only letters count that
-- are about the newest one.
with
spells as (
    select
        *,
        kind in ('refused_file', 'answer_in_two_ways') as about_a_file
    from {{ ref('int_case_intervals') }}
),

letters as (
    select * from {{ ref('stg_collection__letters') }}
),

receipts as (
    select * from {{ ref('stg_collection__receipts') }}
    where kind = 'survey' and collector = 'state'
),

asked as (
    select
        spells.case_id,
        spells.spell,
        spells.edition,
        spells.iso3,
        spells.closed_at,
        spells.about_a_file,
        max(letters.sent_at) as asked_at,
        arg_max(letters.letter, (letters.sent_at, letters.letter)) as letter
    from spells
    inner join letters
        on spells.case_id = letters.case_id
        and case when spells.about_a_file then spells.last_from else spells.opened_at end <= letters.sent_at
        and coalesce(spells.closed_at > letters.sent_at, true)
    group by all
),

answered as (
    select
        asked.case_id,
        asked.spell,
        asked.asked_at,
        asked.letter,
        max(receipts.received_at) as answered_at,
        arg_max(receipts.digest, (receipts.received_at, receipts.digest)) as answered_by
    from asked
    left join receipts
        on asked.edition = receipts.edition
        and asked.iso3 = receipts.iso3
        and not asked.about_a_file
        and asked.asked_at < receipts.received_at
        and coalesce(asked.closed_at > receipts.received_at, true)
    group by asked.case_id, asked.spell, asked.asked_at, asked.letter
)

select * from answered
