-- The one answer that counts, item by item: reviewed > returned > desk > none.
with
expected as (
    select * from {{ ref('int_answers_expected') }}
),

answers as (
    select * from {{ ref('stg_survey__answers') }}
),

returns_counted as (
    select * from {{ ref('int_returns_counted') }}
),

reviews as (
    select * from {{ ref('int_reviews_counted') }}
),

claims as (
    select
        answers.*,
        case answers.collector when 'state' then 'returned' else 'desk' end as source
    from answers
    inner join returns_counted using (return_digest, edition, iso3, collector)
    where answers.answer is not null
),

first_claims as (
    select * from claims
    qualify row_number() over (
        partition by edition, iso3, item
        order by case source when 'returned' then 1 else 2 end, row
    ) = 1
),

judged as (
    select
        expected.edition,
        expected.iso3,
        expected.item,
        claims.source as claimed_by,
        reviews.verdict,
        coalesce(reviews.verdict in ('changed', 'evidence_missing'), false) as set_by_reviewer,
        case reviews.verdict
            when 'changed' then reviews.answer
            when 'evidence_missing' then 0 * claims.answer
            else claims.answer
        end as answer,
        claims.evidence_url,
        claims.return_digest,
        claims.comment,
        case when set_by_reviewer then reviews.file else claims.file end as file,
        case when set_by_reviewer then reviews.row else claims.row end as row,
        reviews.review_digest,
        reviews.reason as review_reason
    from expected
    left join first_claims as claims using (edition, iso3, item)
    left join reviews using (edition, iso3, item)
),

explained as (
    select
        *,
        case
            when answer is null then 'none'
            when verdict is not null then 'reviewed'
            else claimed_by
        end as source,
        case source when 'reviewed' then 'reviewed: ' || replace(verdict, '_', ' ') else source end as reason
    from judged
)

select * from explained
