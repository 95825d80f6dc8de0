-- The time for which a return spoke for its state: until a newer one of the same sender, its withdrawal or, for desk
-- research, the state's own.
with
standing as (
    select * from {{ ref('int_current_returns') }}
    where standing in ('counted', 'superseded', 'withdrawn')
),

last_days as (
    select * from {{ ref('int_submission_deadlines') }}
),

own_returns as (
    select
        edition,
        iso3,
        min(received_at) as own_at,
        arg_min(return_digest, (received_at, modified_at, return_digest)) as own_digest
    from standing
    where collector = 'state' and standing != 'withdrawn'
    group by edition, iso3
),

followed as (
    select
        *,
        lead(received_at) over one_sender as superseded_at,
        lead(return_digest) over one_sender as superseded_by
    from standing
    window one_sender as (partition by edition, iso3, collector order by received_at, modified_at, return_digest)
),

ended as (
    select
        followed.return_digest,
        followed.edition,
        followed.iso3,
        followed.collector,
        followed.file,
        followed.received_at as valid_from,
        followed.modified_at,
        case when followed.collector = 'desk' then own_returns.own_at end as own_from,
        case
            when followed.standing = 'withdrawn' then cast(last_days.withdrawn_on + 1 as timestamp)
        end as withdrawn_at,
        own_returns.own_digest,
        followed.superseded_at,
        followed.superseded_by,
        least(followed.superseded_at, withdrawn_at, own_from) as valid_to
    from followed
    left join last_days using (edition, iso3)
    left join own_returns using (edition, iso3)
)

select
    return_digest,
    edition,
    iso3,
    collector,
    file,
    valid_from,
    modified_at,
    valid_to,
    case valid_to when superseded_at then superseded_by when own_from then own_digest end as closed_by
from ended
where coalesce(valid_from < valid_to, true)
