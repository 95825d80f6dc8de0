-- Counts, means, median and range of each group are those of its members' recomputed scores.
with
due as (
    select
        edition,
        grouping,
        member_group,
        dimension,
        count(*) as member_states,
        sum(unrounded_score order by iso3) / count(unrounded_score) as mean,
        median(unrounded_score) as median,
        min(unrounded_score) as minimum,
        max(unrounded_score) as maximum,
        count(unrounded_score) filter (where has_data) as with_data,
        sum(unrounded_score order by iso3) filter (where has_data)
        / nullif(count(unrounded_score) filter (where has_data), 0) as mean_with_data,
        count(unrounded_score) filter (where responded) as respondents,
        avg(unrounded_score) filter (where responded) as mean_of_respondents
    from recomputed.group_members
    inner join recomputed.with_data using (edition, iso3)
    group by edition, grouping, member_group, dimension
),

due_cells as (
    from (
        select
            edition,
            grouping,
            member_group,
            dimension,
            columns(* exclude (edition, grouping, member_group, dimension))::double
        from due
    )
    unpivot include nulls (
        expected for column_name in (
            member_states, mean, median, minimum, maximum, with_data, mean_with_data, respondents, mean_of_respondents
        )
    )
),

given_cells as (
    from (
        select
            edition,
            grouping,
            member_group,
            dimension,
            columns(* exclude (edition, grouping, member_group, dimension))::double
        from candidate.group_scores
    )
    unpivot include nulls (
        found for column_name in (
            member_states, mean, median, minimum, maximum, with_data, mean_with_data, respondents, mean_of_respondents
        )
    )
)

select
    edition,
    grouping,
    member_group,
    dimension,
    column_name,
    if(given_cells.edition is null, 'no row', found::varchar) as found,
    if(due_cells.edition is null, 'no row', round(expected, 9)::varchar) as expected
from due_cells
full join given_cells using (edition, grouping, member_group, dimension, column_name)
where
    due_cells.edition is null
    or given_cells.edition is null
    or not is_score(given_cells.found, due_cells.expected)
