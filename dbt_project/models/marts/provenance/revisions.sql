with
revisions as (
    select * from {{ ref('int_revisions') }}
)

select
    edition,
    vintage,
    iso3,
    dimension,
    old,
    new,
    class,
    reason,
    approver,
    cause_digest,
    {{ is_synthetic('edition') }} as synthetic
from revisions
