-- What a sender had answered once a return was there: the answers of that return and, where it is an addition, those
-- before that it leaves standing, back to the last whole return. An item that an addition leaves empty is not answered
-- by it.
with
answers as (
    select * from {{ ref('int_answers_sent') }}
    qualify row_number() over (
        partition by return_digest, edition, iso3, collector, item order by answer is null, row
    ) = 1
),

-- A late return never counted, and nothing adds to it.
returns as (
    select * from {{ ref('int_current_returns') }}
    where standing not in ('late', 'left')
),

pairs as (
    select
        returns.edition,
        returns.iso3,
        returns.collector,
        returns.return_digest as as_of,
        earlier.return_digest,
        earlier.received_at,
        earlier.modified_at
    from returns
    inner join returns as earlier
        on returns.edition = earlier.edition
        and returns.iso3 = earlier.iso3
        and returns.collector = earlier.collector
        and returns.begun = earlier.begun
        and (returns.standing = 'withdrawn') = (earlier.standing = 'withdrawn')
        and (returns.received_at, returns.modified_at, returns.return_digest)
        >= (earlier.received_at, earlier.modified_at, earlier.return_digest)
),

newest as (
    select
        pairs.as_of,
        answers.*
    from pairs
    inner join answers using (return_digest, edition, iso3, collector)
    where answers.answer is not null or coalesce(not answers.addition, true)
    qualify row_number() over (
        partition by pairs.as_of, answers.edition, answers.iso3, answers.collector, answers.item
        order by pairs.received_at desc, pairs.modified_at desc, pairs.return_digest desc
    ) = 1
)

select
    as_of,
    edition,
    iso3,
    collector,
    item,
    return_digest,
    form_version,
    evidence_url,
    comment,
    answer,
    file,
    sheet,
    row
from newest
