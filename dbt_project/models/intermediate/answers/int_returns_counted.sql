-- Of a return with additions the last of them, which stands for all.
with
standing as (
    select * from {{ ref('int_current_returns') }}
)

select
    return_digest,
    edition,
    iso3,
    collector,
    received_at,
    modified_at
from standing
where standing = 'counted'
qualify row_number() over (
    partition by edition, iso3, collector order by received_at desc, modified_at desc, return_digest desc
) = 1
