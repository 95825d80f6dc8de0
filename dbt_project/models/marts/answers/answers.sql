with
answers as (
    select * from {{ ref('int_answers') }}
)

select
    edition,
    iso3,
    item,
    pillar,
    indicator,
    answer,
    points,
    source,
    evidence_url,
    return_digest,
    comment,
    reason,
    file,
    sheet,
    row,
    review_digest,
    review_reason,
    form_version,
    origin,
    taken_from,
    {{ is_synthetic('edition') }} as synthetic
from answers
