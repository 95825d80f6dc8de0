-- What a reviewer judged: the claim as it stood at the end of the day of the review, but not after the file of the
-- review arrived; where nothing of the state had come in by then, what came in first.
with
verdicts as (
    select * from {{ ref('int_verdicts_sent') }}
),

answers as (
    select * from {{ ref('int_answers_together') }}
),

-- A late return never counted. One that was withdrawn since did, when it was judged.
returns as (
    select * from {{ ref('int_current_returns') }}
    where standing not in ('late', 'left')
),

first_receipts as (
    select
        edition,
        iso3,
        min(received_at) as first_received_at
    from returns
    group by edition, iso3
),

moments as (
    select
        verdicts.review_digest,
        verdicts.edition,
        verdicts.iso3,
        verdicts.item,
        greatest(
            first_receipts.first_received_at,
            least(verdicts.received_at, cast(verdicts.reviewed_on + 1 as timestamp) - interval 1 microsecond)
        ) as judged_at
    from verdicts
    left join first_receipts using (edition, iso3)
),

returns_then as (
    select
        moments.*,
        returns.return_digest as as_of,
        returns.collector
    from moments
    inner join returns
        on moments.edition = returns.edition
        and moments.iso3 = returns.iso3
        and moments.judged_at >= returns.received_at
    qualify row_number() over (
        partition by moments.review_digest, moments.edition, moments.iso3, moments.item, returns.collector
        order by returns.received_at desc, returns.modified_at desc, returns.return_digest desc
    ) = 1
),

claims_then as (
    select
        returns_then.* exclude (as_of),
        answers.return_digest,
        answers.answer,
        answers.evidence_url
    from returns_then
    inner join answers using (as_of, edition, iso3, collector, item)
    where answers.answer is not null
    qualify row_number() over (
        partition by returns_then.review_digest, edition, iso3, item
        order by returns_then.collector desc, answers.row asc
    ) = 1
)

select * from claims_then
