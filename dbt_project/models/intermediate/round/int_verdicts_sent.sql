with
sent as (
    select * from {{ ref('stg_reviews__verdicts') }}
),

answer_values as (
    select * from {{ ref('int_answer_values') }}
),

valued as (
    select sent.* replace ({{ answer_value('sent.answer', 'answer_values.value') }} as answer)
    from sent
    left join answer_values using (edition, answer)
)

select
    review_digest,
    edition,
    iso3,
    item,
    verdict,
    reason,
    reviewer,
    answer,
    file,
    row,
    reviewed_on,
    received_at,
    modified_at
from valued
