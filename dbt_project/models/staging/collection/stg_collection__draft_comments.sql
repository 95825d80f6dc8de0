with
source as (
    select * from {{ source('collection', 'draft_comments') }}
)

select
    note,
    edition,
    iso3,
    came_at as commented_at,
    text as words,
    answered_at,
    answer_note
from source
