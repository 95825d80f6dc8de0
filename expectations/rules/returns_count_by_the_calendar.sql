-- What each return counts for, from the days of the edition and the register of events: the newest whole return of each
-- sender and the additions after it.
with
days as (
    select
        given.*,
        received_at::date as received_on,
        (
            select max(day::date)
            from (
                select collection_to as day from seeds.editions as editions where editions.edition = given.edition
                union all
                select events.day
                from seeds.round_events as events
                where (events.edition, events.iso3, events.event) = (given.edition, given.iso3, 'extended')
            )
        ) as due_last_day,
        collector = 'state' and exists (
            select 1
            from seeds.round_events as events
            where
                (events.edition, events.iso3, events.event) = (given.edition, given.iso3, 'withdrawn')
                and given.received_at::date <= events.day::date
        ) as is_withdrawn
    from candidate.returns_received as given
),

reasons as (
    select
        *,
        case
            when (edition, iso3) not in (select (taking.edition, taking.iso3) from recomputed.taking_part as taking)
                then 'left'
            when is_withdrawn then 'withdrawn'
            when collector = 'state' and coalesce(received_on > due_last_day, false) then 'late'
        end as reason
    from days
),

newest as (
    select
        edition,
        iso3,
        collector,
        max((received_at, modified_at, return_digest)) filter (where not addition) as last_whole
    from reasons
    where reason is null
    group by edition, iso3, collector
),

due as (
    select
        reasons.*,
        case
            when reason is not null then reason
            when (received_at, modified_at, return_digest) >= newest.last_whole or newest.last_whole is null then 'counted'
            else 'superseded'
        end as due_standing
    from reasons
    left join newest using (edition, iso3, collector)
)

select
    edition,
    iso3,
    collector,
    return_digest,
    concat_ws(', ', standing, 'last day ' || coalesce(last_day::varchar, 'not named')) as found,
    concat_ws(', ', due_standing, 'last day ' || coalesce(due_last_day::varchar, 'not named')) as expected
from due
where found is distinct from expected
