-- What each verdict counts for. Of several on one answer the newest does, unless the answer has changed under it.
with
verdicts as (
    select * from {{ ref('int_verdicts_sent') }}
),

expected as (
    select * from {{ ref('int_answers_expected') }}
),

claims as (
    select * from {{ ref('int_answers_claimed') }}
),

judged as (
    select * from {{ ref('int_answers_judged') }}
),

newest_first as (
    select
        *,
        row_number() over (
            partition by edition, iso3, item
            order by reviewed_on desc nulls last, received_at desc, review_digest desc
        ) as place
    from verdicts
),

standing as (
    select
        newest_first.review_digest,
        newest_first.edition,
        newest_first.iso3,
        newest_first.item,
        newest_first.verdict,
        newest_first.answer,
        newest_first.reason,
        newest_first.reviewer,
        newest_first.reviewed_on,
        newest_first.file,
        newest_first.row,
        newest_first.received_at,
        judged.return_digest as judged_return,
        judged.answer as judged_answer,
        judged.evidence_url as judged_evidence_url,
        case
            when expected.item is null then 'left'
            when newest_first.place > 1 then 'superseded'
            when (claims.answer is distinct from judged.answer) then 'stale'
            when (claims.evidence_url is distinct from judged.evidence_url) then 'stale'
            when claims.answer is null and newest_first.verdict != 'changed' then 'no_answer'
            else 'counted'
        end as standing
    from newest_first
    left join expected using (edition, iso3, item)
    left join claims using (edition, iso3, item)
    left join judged using (review_digest, edition, iso3, item)
)

select * from standing
