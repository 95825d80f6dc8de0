-- The one answer that counts, item by item: reviewed > returned > desk > none.
with
expected as (
    select * from {{ ref('int_answers_expected') }}
),

claims as (
    select * from {{ ref('int_answers_claimed') }}
),

reviews as (
    select * from {{ ref('int_verdicts_standing') }}
    where standing = 'counted'
),

items as (
    select * from {{ ref('int_items') }}
),

judged as (
    select
        expected.edition,
        expected.iso3,
        expected.item,
        claims.claimed_by,
        -- Evidence that a question asks for is held against an answer by a review, never before one.
        case
            when
                reviews.verdict = 'accepted' and items.evidence_required
                and claims.answer > 0 and coalesce(trim(claims.evidence_url), '') = ''
                then 'no_evidence'
            else reviews.verdict
        end as outcome,
        coalesce(outcome != 'accepted', false) as set_by_reviewer,
        case outcome
            when 'changed' then reviews.answer
            when 'evidence_missing' then 0
            when 'no_evidence' then 0
            else claims.answer
        end as answer,
        claims.evidence_url,
        claims.return_digest,
        claims.form_version,
        claims.comment,
        case when set_by_reviewer then reviews.file else claims.file end as file,
        case when set_by_reviewer then reviews.row else claims.row end as row,
        reviews.review_digest,
        reviews.reason as review_reason
    from expected
    inner join items using (edition, item)
    left join claims using (edition, iso3, item)
    left join reviews using (edition, iso3, item)
),

explained as (
    select
        *,
        case
            when answer is null then 'none'
            when outcome is not null then 'reviewed'
            else claimed_by
        end as source,
        concat_ws('_', source, outcome) as reason
    from judged
)

select * from explained
