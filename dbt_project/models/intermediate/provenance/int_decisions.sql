-- Each decision once, and the one that answers it: the same row may come again in a longer file, and the first counts.
with
sent as (
    select * from {{ ref('stg_decisions__decisions') }}
),

once as (
    select *
    from sent
    qualify row_number() over (partition by id order by received_at, decided_on, decision_digest) = 1
),

answered as (
    select
        answers as id,
        max(id) as answered_by
    from once
    where answers is not null
    group by answers
),

with_answer as (
    select
        once.*,
        answered.answered_by
    from once
    left join answered using (id)
)

select
    id,
    kind,
    edition,
    iso3,
    subject,
    was,
    value,
    day,
    reason,
    evidence,
    author,
    approver,
    decided_on,
    answers,
    answered_by,
    vintage,
    file,
    row,
    received_at,
    decision_digest
from with_answer
