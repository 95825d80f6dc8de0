with
cases as (
    select * from {{ ref('int_cases') }}
)

select
    case_id,
    edition,
    iso3,
    kind,
    subject,
    items,
    owner,
    priority,
    state,
    opened_on,
    opened_by,
    asked_on,
    answered_on,
    closed_on,
    closed_by,
    reopened,
    last_digest,
    said,
    held_against
from cases
