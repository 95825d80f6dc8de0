with
source as (
    select * from {{ source('candidate', 'releases') }}
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
    coalesce(synthetic, false) as synthetic,
    checks,
    known_errors,
    code_version
from source
