-- An answer that is another than the one that was reviewed, until it is reviewed itself.
with
answers as (
    select * from {{ ref('int_case_answers') }}
),

verdicts as (
    select * from {{ ref('int_case_verdicts') }}
    where judged_answer is not null
),

about_another as (
    select
        answers.edition,
        answers.iso3,
        answers.item,
        answers.collector,
        answers.return_digest,
        answers.valid_from as said_from,
        answers.valid_to as said_to,
        answers.closed_by as replaced_by,
        max(verdicts.received_at) as judged_at,
        arg_max(verdicts.review_digest, (verdicts.received_at, verdicts.review_digest)) as judged_by
    from answers
    inner join verdicts
        on answers.edition = verdicts.edition
        and answers.iso3 = verdicts.iso3
        and answers.item = verdicts.item
        and (answers.answer, answers.evidence_url)
        is distinct from (verdicts.judged_answer, verdicts.judged_evidence_url)
    group by all
),

-- A verdict on the answer itself, or one that sets it, that came with or after the other.
judged_again as (
    select
        about_another.*,
        min(verdicts.received_at) as again_at,
        arg_min(verdicts.review_digest, (verdicts.received_at, verdicts.review_digest)) as again_by
    from about_another
    inner join answers using (edition, iso3, item, collector, return_digest)
    left join verdicts
        on answers.edition = verdicts.edition
        and answers.iso3 = verdicts.iso3
        and answers.item = verdicts.item
        and answers.answer is not distinct from verdicts.judged_answer
        and answers.evidence_url is not distinct from verdicts.judged_evidence_url
        and about_another.judged_at <= verdicts.received_at
    group by all
)

select
    edition,
    iso3,
    'stale_review' as kind,
    item as subject,
    item,
    collector,
    greatest(said_from, judged_at) as valid_from,
    case when said_from >= judged_at then return_digest else judged_by end as opened_by,
    least(said_to, again_at) as valid_to,
    case least(said_to, again_at) when again_at then again_by else replaced_by end as closed_by
from judged_again
where coalesce(greatest(said_from, judged_at) < least(said_to, again_at), true)
