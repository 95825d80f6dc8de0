-- The last spell of each case says how it stands. What was asked about and is found no more (a deadline that was moved
-- since) stays as closed.
with
spells as (
    select * from {{ ref('int_case_intervals') }}
),

letters as (
    select * from {{ ref('int_case_letters') }}
),

found_no_more as (
    select * from {{ ref('int_cases_resolved') }}
),

last_spells as (
    select
        spells.*,
        letters.asked_at,
        letters.answered_at,
        case
            when spells.closed_at is not null then 'closed'
            when letters.answered_at is not null then 'answered'
            when letters.asked_at is not null then 'asked'
            else 'open'
        end as state
    from spells
    left join letters using (case_id, spell)
    qualify row_number() over (partition by spells.case_id order by spells.spell desc) = 1
),

all_cases as (
    select * from last_spells
    union all by name
    select * from found_no_more
)

select
    case_id,
    edition,
    iso3,
    kind,
    subject,
    items,
    case when state = 'answered' then 'reviewer' else owner end as owner,
    priority,
    state,
    cast(opened_at as date) as opened_on,
    opened_by,
    cast(asked_at as date) as asked_on,
    cast(answered_at as date) as answered_on,
    cast(closed_at as date) as closed_on,
    closed_by,
    cast(coalesce(spell, 1) - 1 as integer) as reopened,
    last_digest,
    said,
    held_against
from all_cases
