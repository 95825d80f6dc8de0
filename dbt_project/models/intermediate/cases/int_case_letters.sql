-- When a spell was asked about, and when the state sent something about it after that. Of a refused file only letters
-- count that are about the newest one.
with
spells as (
    select
        *,
        kind in ('refused_file', 'answer_in_two_ways') as about_a_file
    from {{ ref('int_case_intervals') }}
),

letters as (
    select * from {{ ref('int_case_askings') }}
),

-- An addition answers what it answers, and not what else was asked.
additions as (
    select
        return_digest as digest,
        edition,
        iso3,
        list(item) filter (where answer is not null) as added
    from {{ ref('int_answers_sent') }}
    where addition and collector = 'state'
    group by return_digest, edition, iso3
),

receipts as (
    select
        received.*,
        additions.digest is not null as is_addition,
        coalesce(additions.added, []) as added
    from {{ ref('stg_collection__receipts') }} as received
    left join additions using (digest, edition, iso3)
    where received.kind = 'survey' and received.collector = 'state'
),

asked as (
    select
        spells.case_id,
        spells.spell,
        spells.edition,
        spells.iso3,
        spells.closed_at,
        spells.about_a_file,
        spells.items,
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
        and (
            not receipts.is_addition
            or asked.items is null
            or list_has_any(string_split(asked.items, ' '), receipts.added)
        )
        and asked.asked_at < receipts.received_at
        and coalesce(asked.closed_at > receipts.received_at, true)
    group by asked.case_id, asked.spell, asked.asked_at, asked.letter
)

select * from answered
