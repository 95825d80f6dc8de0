-- Every member has a region and an income group at the reference date, and each development group that it has had;
-- what it lacks is registered with a reason, and nothing is registered that it has. Of an edition that was published the
-- members of groups are those of its vintage, and the register is the one of today: it is asked of the others.
with
members as (
    select
        edition,
        iso3,
        make_date(editions.reference_year, 12, 31) as reference_day
    from recomputed.members
    inner join recomputed.editions as editions using (edition)
    where edition not in (from recomputed.kept)
),

due as (
    select
        edition,
        iso3,
        reference_day,
        unnest(['itu_region', 'income']) as grouping,
        'any' as member_group
    from members
    union
    select
        members.edition,
        members.iso3,
        members.reference_day,
        held.grouping,
        held.member_group
    from members
    inner join seeds.member_state_groups as held using (iso3)
    where held.grouping = 'development' and held.valid_from::date <= members.reference_day
),

judged as (
    select
        due.*,
        exists (
            select 1
            from candidate.group_members as given
            where
                (given.edition, given.iso3, given.grouping) = (due.edition, due.iso3, due.grouping)
                and due.member_group in ('any', given.member_group)
        ) as has_it,
        exists (
            select 1
            from seeds.group_exceptions as registered
            where
                (registered.iso3, registered.grouping, registered.member_group)
                = (due.iso3, due.grouping, due.member_group)
                and registered.valid_from::date <= due.reference_day
                and (registered.valid_to is null or registered.valid_to::date >= due.reference_day)
        ) as is_registered
    from due
)

select
    edition,
    iso3,
    grouping,
    member_group,
    if(has_it, 'a group, and an exception', 'neither a group nor an exception') as found,
    'one of the two on ' || reference_day as expected
from judged
where has_it = is_registered
