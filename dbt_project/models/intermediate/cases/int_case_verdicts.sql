-- Every verdict, whether it still stands or not, with the answer that it judged.
with
verdicts as (
    select * from {{ ref('int_verdicts_sent') }}
),

judged as (
    select * from {{ ref('int_answers_judged') }}
),

with_what_was_judged as (
    select
        verdicts.edition,
        verdicts.iso3,
        verdicts.item,
        verdicts.review_digest,
        verdicts.verdict,
        verdicts.received_at,
        judged.answer as judged_answer,
        judged.evidence_url as judged_evidence_url
    from verdicts
    left join judged using (review_digest, edition, iso3, item)
)

select * from with_what_was_judged
