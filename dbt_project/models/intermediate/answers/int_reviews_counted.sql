with
verdicts as (
    select * from {{ ref('stg_reviews__verdicts') }}
),

inputs as (
    select * from {{ ref('stg_candidate__inputs') }}
    where kind = 'reviews'
),

named_in_manifest as (
    select verdicts.*
    from verdicts
    inner join inputs
        on verdicts.review_digest = inputs.digest and verdicts.edition = inputs.edition
),

latest as (
    select * from named_in_manifest
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
