with
spells as (
    select * from {{ ref('int_case_intervals') }}
),

letters as (
    select * from {{ ref('int_case_askings') }}
),

asked as (
    select * from {{ ref('int_case_letters') }}
),

events as (
    select
        case_id,
        edition,
        iso3,
        opened_at as happened_at,
        case when spell = 1 then 'opened' else 'reopened' end as event,
        opened_by as digest
    from spells
    union all
    select
        case_id,
        edition,
        iso3,
        closed_at as happened_at,
        'closed' as event,
        closed_by as digest
    from spells
    where closed_at is not null
    union all
    select
        case_id,
        edition,
        iso3,
        sent_at as happened_at,
        'asked' as event,
        max(letter) as digest
    from letters
    group by case_id, edition, iso3, sent_at
    union all
    select
        spells.case_id,
        spells.edition,
        spells.iso3,
        asked.answered_at as happened_at,
        'answered' as event,
        asked.answered_by as digest
    from asked
    inner join spells using (case_id, spell)
    where asked.answered_at is not null
)

select
    case_id,
    happened_at,
    event,
    edition,
    iso3,
    digest
from events
