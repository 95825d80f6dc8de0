-- Times without a gap are one spell of a case; after a gap it is open again.
with
points as (
    select
        *,
        coalesce(valid_to, 'infinity') as until
    from {{ ref('int_findings') }}
),

seen_so_far as (
    select
        *,
        max(until) over (
            partition by case_id order by valid_from, until, opened_by rows between unbounded preceding and 1 preceding
        ) as so_far
    from points
),

numbered as (
    select
        *,
        count(*) filter (where so_far is null or valid_from > so_far) over (
            partition by case_id order by valid_from, until, opened_by rows unbounded preceding
        ) as spell
    from seen_so_far
),

spells as (
    select
        case_id,
        spell,
        edition,
        iso3,
        kind,
        subject,
        priority,
        min(valid_from) as opened_at,
        arg_min(opened_by, (valid_from, until, opened_by)) as opened_by,
        nullif(max(until), 'infinity') as closed_at,
        arg_max(closed_by, (until, valid_from, closed_by)) as closed_by,
        max(valid_from) as last_from,
        arg_max(opened_by, (valid_from, until, opened_by)) as last_digest,
        arg_max(owner, (valid_from, until, owner)) as owner,
        arg_max(items, (valid_from, until, items)) as items,
        arg_max(said, (valid_from, until, said)) as said,
        coalesce(
            nullif(
                array_to_string(list_sort(list_distinct(list(held_against) filter (where valid_to is null))), ' '), ''
            ),
            arg_max(held_against, (valid_from, until, held_against))
        ) as held_against
    from numbered
    group by case_id, spell, edition, iso3, kind, subject, priority
)

select * from spells
