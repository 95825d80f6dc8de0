with
stg_candidate__releases as (
    select * from {{ ref('stg_candidate__releases') }}
)

select
    edition,
    vintage,
    published_at,
    planned_for,
    signed_by,
    signed_at,
    sign_off_note,
    sign_off_via,
    candidate_digest,
    inputs_digest,
    content_digest,
    returns,
    reviews,
    synthetic,
    checks,
    known_errors,
    code_version
from stg_candidate__releases
