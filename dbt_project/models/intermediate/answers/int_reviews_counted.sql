with
verdicts as (
    select * from {{ ref('stg_reviews__verdicts') }}
),

latest as (
    select * from verdicts
    qualify row_number() over (
        partition by edition, iso3, item
        order by reviewed_on desc nulls last, received_at desc, review_digest desc
    ) = 1
)

select
    review_digest,
    edition,
    iso3,
    item,
    verdict,
    answer,
    reason,
    reviewer,
    reviewed_on,
    file,
    row
from latest
