-- A draft until it is answered, or the days for that are over; a comment on one until somebody answers it.
with
drafts as (
    select * from {{ ref('stg_collection__drafts') }}
),

comments as (
    select * from {{ ref('stg_collection__draft_comments') }}
),

points as (
    select
        edition,
        iso3,
        'draft' as kind,
        'draft' as subject,
        made_at as valid_from,
        note as opened_by,
        ended_at as valid_to,
        nullif(answered_by, '') as closed_by,
        said,
        cast(last_day as varchar) as held_against,
        case when sent_at is null then 'reviewer' end as owner
    from drafts
    union all
    select
        edition,
        iso3,
        'draft_comment' as kind,
        left(note, 8) as subject,
        commented_at as valid_from,
        note as opened_by,
        answered_at as valid_to,
        answer_note as closed_by,
        words as said,
        cast(null as varchar) as held_against,
        cast(null as varchar) as owner
    from comments
)

select
    *,
    'state' as collector
from points
