-- Each of the activities has the measures of its seed, in every edition and group; none is without an entry.
with
due as (
    select
        activity,
        measure,
        edition,
        grouping,
        member_group,
        count(*) as member_states
    from seeds.gca_measures
    cross join recomputed.group_members
    group by activity, measure, edition, grouping, member_group
)

select
    activity,
    measure,
    edition,
    grouping,
    member_group,
    if(given.activity is null, 'no row', given.member_states::varchar) as found,
    if(due.activity is null, 'no row', due.member_states::varchar) as expected
from due
full join candidate.gca_activity_measures as given using (activity, measure, edition, grouping, member_group)
where given.member_states is distinct from due.member_states
union all
select
    activity,
    null as measure,
    null as edition,
    null as grouping,
    null as member_group,
    'no measure, and no word on why' as found,
    'a row of the seed gca_measures' as expected
from candidate.gca_activities
where activity not in (select listed.activity from candidate.gca_activity_measures as listed)
