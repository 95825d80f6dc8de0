with
sent as (
    select * from {{ ref('stg_survey__answers') }}
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
    return_digest,
    edition,
    iso3,
    collector,
    item,
    form_version,
    evidence_url,
    comment,
    answer,
    synthetic,
    addition,
    file,
    sheet,
    row,
    received_at,
    modified_at
from valued
