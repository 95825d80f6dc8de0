-- What each return said of every item, with what it adds to, and when that was reviewed. A verdict is about an answer
-- with its evidence: it settles every return that says the same.
with
returns as (
    select * from {{ ref('int_case_returns') }}
),

items as (
    select * from {{ ref('int_items') }}
),

answers as (
    select * from {{ ref('int_answers_together') }}
),

verdicts as (
    select * from {{ ref('int_case_verdicts') }}
),

said as (
    select
        returns.return_digest,
        returns.edition,
        returns.iso3,
        returns.collector,
        coalesce(answers.file, returns.file) as file,
        returns.valid_from,
        returns.valid_to,
        returns.closed_by,
        items.item,
        items.indicator,
        items.pillar,
        items.concept,
        items.weight_in_indicator,
        answers.answer,
        answers.evidence_url,
        answers.comment,
        answers.sheet,
        answers.row
    from returns
    inner join items using (edition)
    left join answers
        on returns.return_digest = answers.as_of
        and returns.edition = answers.edition
        and returns.iso3 = answers.iso3
        and returns.collector = answers.collector
        and items.item = answers.item
),

reviewed as (
    select
        said.return_digest,
        said.edition,
        said.iso3,
        said.item,
        said.collector,
        min(verdicts.received_at) as reviewed_at,
        arg_min(verdicts.review_digest, (verdicts.received_at, verdicts.review_digest)) as review_digest
    from said
    inner join verdicts
        on said.edition = verdicts.edition
        and said.iso3 = verdicts.iso3
        and said.item = verdicts.item
        and (said.answer, said.evidence_url)
        is not distinct from (verdicts.judged_answer, verdicts.judged_evidence_url)
    where said.answer is not null or verdicts.verdict = 'changed'
    group by said.return_digest, said.edition, said.iso3, said.item, said.collector
),

with_review as (
    select
        said.*,
        reviewed.reviewed_at,
        reviewed.review_digest
    from said
    left join reviewed using (return_digest, edition, iso3, item, collector)
)

select * from with_review
