with
decisions as (
    select * from {{ ref('int_decisions') }}
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
    cast(vintage as integer) as vintage,
    file,
    cast(row as integer) as row,
    decision_digest,
    {{ is_synthetic('edition') }} as synthetic
from decisions
