with
source as (
    select * from {{ source('collection', 'drafts') }}
)

select
    note,
    edition,
    iso3,
    made_at,
    sent_at,
    said,
    until as last_day,
    answered_at,
    answered_by,
    ended_at
from source
